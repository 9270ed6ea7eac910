import type { Translate } from './translate.ts';

/** `12 s`, `3 min`, `2 h`, `5 d`: one unit, rounded down. */
export function formatDuration(milliseconds: number, t: Translate): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return t('{0} s', seconds);
  if (seconds < 3600) return t('{0} min', Math.floor(seconds / 60));
  if (seconds < 86_400) return t('{0} h', Math.floor(seconds / 3600));
  return t('{0} d', Math.floor(seconds / 86_400));
}

import type { Translate } from './translate.ts';

/** `12 s`, `3 min`, `2 h`, `5 d`, from 60 days on `2 mo`, from two years on `2 y`: one unit, rounded down. */
export function formatDuration(milliseconds: number, t: Translate): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return t('{0} s', seconds);
  if (seconds < 3600) return t('{0} min', Math.floor(seconds / 60));
  if (seconds < 86_400) return t('{0} h', Math.floor(seconds / 3600));
  const days = Math.floor(seconds / 86_400);
  if (days < 60) return t('{0} d', days);
  return days < 730 ? t('{0} mo', Math.floor(days / 30.44)) : t('{0} y', Math.floor(days / 365));
}

const minute = 60_000;

/**
 * How long something has been so, in steps that leave a row at rest: nothing below 5 s, then `5 s`, `10 s`, `15 s`, `30 s`, `45 s`, and from a minute on as
 * `formatDuration` has it.
 */
export function formatAge(milliseconds: number, t: Translate): string {
  if (milliseconds >= minute) return formatDuration(milliseconds, t);
  const step = milliseconds < 15_000 ? 5000 : 15_000;
  const age = Math.floor(milliseconds / step) * step;
  return age <= 0 ? '' : formatDuration(age, t);
}

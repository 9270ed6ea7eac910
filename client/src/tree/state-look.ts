import type { State } from '#engine/observe/states.ts';

/** What a sign of a state is like, from good to bad. */
export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'quiet';

interface StateLook {
  /** Of VS Code's icons; `~spin` turns. */
  readonly icon: string;
  readonly tone: Tone;
  /** In a column of small icons beside the lines of a file; absent: none. */
  readonly sign?: Sign;
  /** As one letter, where there are no icons. */
  readonly glyph: string;
}

/** What can be told apart in a column of small icons. */
export type Sign = 'good' | 'busy' | 'partial' | 'bad' | 'ended' | 'unknown';

/** The shape says as much as the colour. The one table of it: docs/states.md shows it to people. */
export const stateLooks: Readonly<Record<State, StateLook>> = {
  healthy: { icon: 'pass-filled', tone: 'good', sign: 'good', glyph: '✓' },
  running: { icon: 'circle-filled', tone: 'good', sign: 'good', glyph: '●' },
  partial: { icon: 'color-mode', tone: 'warning', sign: 'partial', glyph: '◐' },
  starting: { icon: 'loading~spin', tone: 'busy', sign: 'busy', glyph: '…' },
  stopping: { icon: 'loading~spin', tone: 'busy', sign: 'busy', glyph: '…' },
  recreating: { icon: 'loading~spin', tone: 'busy', sign: 'busy', glyph: '…' },
  removing: { icon: 'loading~spin', tone: 'busy', sign: 'busy', glyph: '…' },
  pausing: { icon: 'loading~spin', tone: 'busy', sign: 'busy', glyph: '…' },
  pulling: { icon: 'cloud-download', tone: 'busy', sign: 'busy', glyph: '↓' },
  building: { icon: 'tools', tone: 'busy', sign: 'busy', glyph: '⚒' },
  restarting: { icon: 'sync~spin', tone: 'warning', sign: 'busy', glyph: '↻' },
  paused: { icon: 'debug-pause', tone: 'busy', sign: 'busy', glyph: '‖' },
  unhealthy: { icon: 'warning', tone: 'warning', sign: 'bad', glyph: '!' },
  'crash-loop': { icon: 'issue-reopened', tone: 'bad', sign: 'bad', glyph: '⟳' },
  failed: { icon: 'error', tone: 'bad', sign: 'bad', glyph: '✕' },
  dead: { icon: 'error', tone: 'bad', sign: 'bad', glyph: '✕' },
  exited: { icon: 'debug-stop', tone: 'quiet', sign: 'ended', glyph: '■' },
  done: { icon: 'check', tone: 'quiet', sign: 'ended', glyph: '✔' },
  created: { icon: 'circle-outline', tone: 'quiet', sign: 'ended', glyph: '○' },
  absent: { icon: 'circle-outline', tone: 'quiet', glyph: '○' },
  off: { icon: 'circle-slash', tone: 'quiet', glyph: '⊘' },
  unknown: { icon: 'question', tone: 'quiet', sign: 'unknown', glyph: '?' },
};

/** Of VS Code's theme. */
export const toneColors: Readonly<Record<Tone, string>> = {
  good: 'charts.green',
  busy: 'charts.yellow',
  warning: 'problemsWarningIcon.foreground',
  bad: 'problemsErrorIcon.foreground',
  quiet: 'composure.dimmedForeground',
};

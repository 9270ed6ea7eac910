/** How the times of lines are shown: not at all, by the clock, or as how long ago. */
export type TimeStyle = 'none' | 'clock' | 'age';

/** How often ages are said anew, in ms. */
export const agesPeriod = 5000;

const styles: readonly TimeStyle[] = ['none', 'clock', 'age'];

/** What a person gets who asks for another one. */
export function nextTimeStyle(style: TimeStyle): TimeStyle {
  return styles[(styles.indexOf(style) + 1) % styles.length] ?? 'none';
}

/** Of any value that was kept: earlier, times were on or off. */
export function timeStyleOf(kept: unknown): TimeStyle {
  if (kept === true) return 'clock';
  return styles.find((style) => style === kept) ?? 'none';
}

/** Times in Unix ms; `NaN`, a line without a time, is an empty text. */
export function timeText(time: number, style: 'clock' | 'age', now: number, language: string): string {
  if (Number.isNaN(time)) return '';
  return style === 'clock' ? formatTime(new Date(time)) : formatAge(now - time, language);
}

/** Local, to the millisecond: `14:03:27.512`. */
export function formatTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}

/** `5s ago`, `10s ago`, … `1m ago`, as the language has it. A clock of the engine's that is ahead of ours makes nothing of the future. */
function formatAge(age: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'always' });
  const seconds = Math.max(0, age) / 1000;
  if (seconds < 60) return format.format(-Math.floor(seconds / 5) * 5, 'second');
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return format.format(-Math.floor(seconds / 3600), 'hour');
  return format.format(-Math.floor(seconds / 86_400), 'day');
}

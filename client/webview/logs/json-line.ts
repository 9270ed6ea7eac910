/** A line that is a JSON object, for reading. */
export interface JsonLine {
  /** Message first, then the rest as `name=value`. */
  readonly summary: string;
  /** Over several lines. */
  readonly pretty: string;
}

const messageKeys = ['msg', 'message', 'event', '@message'];
/** Shown elsewhere: the level as a colour, the time in its own column. */
const quietKeys = new Set([
  'level',
  'severity',
  'lvl',
  'time',
  'timestamp',
  'ts',
  '@timestamp',
  'v',
  'pid',
  'hostname',
]);

/** `undefined`: it is none. */
export function parseJsonLine(text: string): JsonLine | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const message = entries.find(([key]) => messageKeys.includes(key));
  const rest = entries
    .filter(([key]) => key !== message?.[0] && !quietKeys.has(key))
    .map(([key, each]) => `${key}=${typeof each === 'string' ? each : JSON.stringify(each)}`);
  const summary = [...(message === undefined ? [] : [String(message[1])]), ...rest].join('  ');
  return { summary: summary === '' ? trimmed : summary, pretty: JSON.stringify(value, undefined, 2) };
}

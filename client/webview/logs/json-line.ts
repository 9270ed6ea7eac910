import { plainText } from './ansi.ts';
import { boundedJson, cut } from './bounded-json.ts';

/** A line that is a JSON object, for reading. */
export interface JsonLine {
  /** Message first, then the rest as `name=value`: texts and numbers, then what has parts. */
  readonly summary: string;
  /** All of it over several lines. */
  pretty(): string;
}

/** Longer lines are shown as they are: reading them would hold up the page. */
export const readLength = 65_536;
/** A summary is not longer than this, give or take one value. */
export const summaryLength = 4000;
/** What `pretty` writes at most, a little more where something is closed. */
export const prettyLength = 50_000;

const mostMessageLines = 30;
const valueLength = 1000;
const nested = { depth: 3, length: 300 };
const whole = { depth: 40, length: prettyLength };

/** Where loggers write what they have to say, the most usual first. */
const messageKeys = ['msg', 'message', '@message', 'event', 'Message', '@m', '@mt', 'textPayload', 'log'];
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

/** `undefined`: it is none, or too long to be read. Whatever the line holds: it never throws, and its work is bounded. */
export function parseJsonLine(text: string): JsonLine | undefined {
  if (text.length > readLength) return undefined;
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
  const value = parsed(trimmed);
  if (value === undefined) return undefined;
  const message = messageOf(value);
  const parts = message === undefined ? [] : [shortened(message.text)];
  let length = parts[0]?.length ?? 0;
  const rest = Object.entries(value).filter(([key]) => key !== message?.key && !quietKeys.has(key));
  for (const [key, each] of [...rest.filter(isScalar), ...rest.filter((entry) => !isScalar(entry))]) {
    if (length > summaryLength) {
      parts.push('…');
      break;
    }
    const part = `${plainText(cut(key, valueLength))}=${valueText(each)}`;
    parts.push(part);
    length += part.length;
  }
  const summary = parts.join('  ');
  return {
    summary: summary === '' ? cut(trimmed, summaryLength) : summary,
    pretty: () => boundedJson(value, whole, true),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The first usual place that holds a text; a number or a yes only where no text is. */
function messageOf(
  value: Readonly<Record<string, unknown>>,
): { readonly key: string; readonly text: string } | undefined {
  const candidates = messageKeys.filter((key) => Object.hasOwn(value, key));
  const key =
    candidates.find((each) => typeof value[each] === 'string' && value[each] !== '') ??
    candidates.find((each) => isScalar([each, value[each]]));
  return key === undefined ? undefined : { key, text: String(value[key]) };
}

function isScalar([, value]: readonly [string, unknown]): boolean {
  return typeof value !== 'object' || value === null;
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? shortened(cut(value, valueLength)) : boundedJson(value, nested);
}

/** As it is read: without colours, over a page of lines at most. */
function shortened(text: string): string {
  const lines = cut(text, summaryLength).split('\n');
  const shown = lines.length > mostMessageLines ? [...lines.slice(0, mostMessageLines), '…'] : lines;
  return shown.map(plainText).join('\n');
}

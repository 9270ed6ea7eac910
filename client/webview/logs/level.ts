import { plainText } from './ansi.ts';

/** How much a line matters; the smaller, the more. `unknown` is what says nothing of it. */
export const Level = { error: 1, warning: 2, info: 3, debug: 4, unknown: 5 } as const;
export type Level = (typeof Level)[keyof typeof Level];

/** Only the beginning of a line is looked at: further on, words are of the message. */
const lookedAt = 160;

const words =
  /\b(?:(fatal|panic|critical|crit|emerg|alert|err(?:or)?|severe)|(warn(?:ing)?)|(info|notice|log)|(debug|trace|verbose|fine))\b/i;
/** `"level":30` as pino and bunyan write it. */
const numbered = /"level"\s*:\s*(\d+)/;
const named = /"(?:level|severity|lvl|log\.level)"\s*:\s*"(\w+)"/i;
/** What goes on with the line before it: a stack trace, an indented block. */
const continued = /^(?:\s+\S|Caused by:|\s*at\s)/;

/** `before`: the level of the line before it from the same writer. */
export function levelOf(text: string, before: Level): Level {
  if (continued.test(text)) return before;
  const head = text.length > lookedAt ? text.slice(0, lookedAt) : text;
  if (head.startsWith('{')) {
    const number = numbered.exec(text)?.[1];
    if (number !== undefined) return fromNumber(Number(number));
    const name = named.exec(text)?.[1];
    if (name !== undefined) return fromWord(name);
  }
  // The letter that ends a colour would be a part of the word behind it.
  return fromWord(plainText(head));
}

function fromWord(text: string): Level {
  const match = words.exec(text);
  if (match === null) return Level.unknown;
  if (match[1] !== undefined) return Level.error;
  if (match[2] !== undefined) return Level.warning;
  return match[3] !== undefined ? Level.info : Level.debug;
}

function fromNumber(value: number): Level {
  if (value >= 50) return Level.error;
  if (value >= 40) return Level.warning;
  return value >= 30 ? Level.info : Level.debug;
}

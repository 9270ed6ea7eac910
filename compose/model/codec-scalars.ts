import { goFormat } from '../syntax/go-format.ts';
import type { Node, ScalarNode } from '../syntax/node.ts';
import { parseDuration } from '../values/duration.ts';
import { isCalculable, isWholeNumber } from '../values/number.ts';
import { parseShellWords } from '../values/shellwords.ts';
import { parseSize } from '../values/size.ts';
import { type Codec, type DecodeContext, invalid, mismatch, valueShape } from './codec.ts';
import { phrase, type Phrase } from '../problem/phrase.ts';

function scalar(decode: (node: ScalarNode, context: DecodeContext) => unknown, expected: Phrase): Codec {
  return {
    shape: valueShape,
    decode: (node, context) =>
      node.kind === 'scalar' ? decode(node, context) : mismatch(node, context, expected),
  };
}

/** A text; an integer counts as its digits. */
export const string: Codec = scalar((node, context) => {
  if (typeof node.value === 'string' && node.type !== 'timestamp') return node.value;
  if (node.type === 'int') return goFormat(node);
  return mismatch(node, context, phrase('expected.quoted-text'));
}, phrase('type.text'));

export const bool: Codec = scalar((node, context) => {
  if (typeof node.value === 'boolean') return node.value;
  const word = typeof node.value === 'string' ? node.value.toLowerCase() : '';
  if (['true', 'y', 'yes', 'on'].includes(word)) return true;
  if (['false', 'n', 'no', 'off'].includes(word)) return false;
  return mismatch(node, context, phrase('type.boolean'));
}, phrase('type.boolean'));

/** A whole number, also as text. A fraction is cut off. */
export const int: Codec = scalar((node, context) => {
  const { value } = node;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'string' && isWholeNumber(value)) return Number(value);
  return mismatch(node, context, phrase('type.integer'));
}, phrase('type.integer'));

/** A whole number, not negative, not a text. */
export const uint: Codec = scalar((node, context) => {
  const { value } = node;
  if (typeof value === 'bigint' && value >= 0n) return value;
  if (typeof value === 'number' && value >= 0) return Math.trunc(value);
  return mismatch(node, context, phrase('expected.natural-number'));
}, phrase('type.integer'));

/** A number in single precision, as its shortest decimal form. */
export const float32: Codec = scalar((node, context) => {
  const number = toNumber(node);
  return number === undefined ? mismatch(node, context, phrase('type.number')) : shortestFloat32(number);
}, phrase('type.number'));

function toNumber({ value }: ScalarNode): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || !isCalculable(value)) return undefined;
  if (!/^[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(value)) return undefined;
  return Number(value);
}

/** The number whose shortest decimal form is the shortest that gives `value` in single precision. */
export function shortestFloat32(value: number): number {
  const single = Math.fround(value);
  for (let digits = 1; digits <= 9; digits++) {
    const shorter = Number(single.toPrecision(digits));
    if (Math.fround(shorter) === single) return shorter;
  }
  return single;
}

/** Bytes as decimal text; nothing for zero. */
export const bytes: Codec = scalar((node, context) => {
  if (node.type === 'int') return node.value === 0 ? undefined : goFormat(node);
  if (typeof node.value !== 'string') return undefined;
  const size = parseSize(node.value);
  if (size === undefined) {
    const message = phrase('invalid-size', { text: node.value });
    return invalid(node, context, 'invalid-size', message);
  }
  return size === '0' ? undefined : size;
}, phrase('expected.size'));

export const duration: Codec = scalar((node, context) => {
  const text = goFormat(node);
  const parsed = parseDuration(text);
  if (parsed === undefined) {
    return invalid(node, context, 'invalid-duration', phrase('invalid-duration', { text }));
  }
  return parsed;
}, phrase('expected.duration'));

/** A duration; nothing for zero. */
export const filledDuration: Codec = {
  shape: valueShape,
  decode(node, context) {
    const text = duration.decode(node, context);
    return text === '0s' ? undefined : text;
  },
};

/** Octal text, or a number; printed as octal text. */
export const fileMode: Codec = scalar((node, context) => {
  if (node.type === 'int' && node.value !== null) return `0${BigInt(node.value).toString(8)}`;
  if (typeof node.value === 'string' && /^[+-]?[0-7]+$/.test(node.value)) {
    return `0${Number.parseInt(node.value, 8).toString(8)}`;
  }
  return invalid(node, context, 'invalid-value', phrase('invalid-value.file-mode'));
}, phrase('expected.file-mode'));

/** `all` is -1. */
export const deviceCount: Codec = scalar((node, context) => {
  if (node.type === 'int') return node.value;
  if (typeof node.value === 'string') {
    if (node.value.toLowerCase() === 'all') return -1;
    if (isWholeNumber(node.value)) return Number(node.value);
  }
  return invalid(node, context, 'invalid-value', phrase('invalid-value.device-count'));
}, phrase('expected.number-or-all'));

/** A number for both limits, or each of its own. */
export const ulimit: Codec = {
  shape: {
    kind: 'struct',
    fields: new Map([
      ['soft', valueShape],
      ['hard', valueShape],
    ]),
  },
  decode(node, context) {
    if (node.kind === 'scalar' && node.type === 'int') return node.value === 0 ? {} : node.value;
    if (node.kind !== 'map') return mismatch(node, context, phrase('expected.limit'));
    const limit: { soft?: unknown; hard?: unknown } = {};
    for (const side of ['soft', 'hard'] as const) {
      const entry = node.entries.find(({ key }) => key.value === side);
      if (entry === undefined) continue;
      const value =
        entry.value.kind === 'scalar' && entry.value.type === 'int' ? entry.value.value : undefined;
      if (value === undefined) mismatch(entry.value, context.child(side), phrase('type.integer'));
      else if (value !== 0) limit[side] = value;
    }
    return limit;
  },
};

/** A list of words, or a line that is split into words as a shell would. */
export const command: Codec = {
  shape: { kind: 'list', of: valueShape },
  decode(node, context) {
    if (node.kind === 'seq') return words(node.items, context);
    const line = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
    if (line === undefined) return undefined;
    const split = parseShellWords(line);
    if (split.kind === 'words') return split.words;
    const message = phrase('invalid-command', { reason: split.message });
    return invalid(node, context, 'invalid-command', message);
  },
};

export const healthcheckTest: Codec = {
  shape: { kind: 'list', of: valueShape },
  decode(node, context) {
    if (node.kind === 'seq') return words(node.items, context);
    if (node.kind === 'scalar' && typeof node.value === 'string') return ['CMD-SHELL', node.value];
    return mismatch(node, context, phrase('expected.command'));
  },
};

function words(items: readonly Node[], context: DecodeContext): readonly string[] {
  return items.flatMap((item, index) => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value];
    mismatch(item, context.child(index), phrase('expected.quoted-text'));
    return [];
  });
}

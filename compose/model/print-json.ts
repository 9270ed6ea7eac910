import { compareText } from '../syntax/compare-text.ts';
import { type Shape, valueShape } from './codec.ts';

/**
 * JSON exactly as Go's `encoding/json` writes it, compact: fields of structs in their own order, keys of maps sorted bytewise,
 * `<`, `>`, `&` and the line separators escaped. `shape` tells structs from maps.
 */
export function printJson(value: unknown, shape: Shape): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return printString(value);
  if (typeof value === 'number') return printNumber(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const of = shape.kind === 'list' ? shape.of : valueShape;
    return `[${value.map((item) => printJson(item, of)).join(',')}]`;
  }
  const entries =
    shape.kind === 'struct' ? fieldsInOrder(value, shape.fields) : Object.entries(value).sort(byKey);
  const fields = entries.map(
    ([key, child]) => `${printString(key)}:${printJson(child, childShape(shape, key))}`,
  );
  return `{${fields.join(',')}}`;
}

/** What a struct has, in the struct's own order, wherever it was added. */
export function fieldsInOrder(
  value: object,
  fields: ReadonlyMap<string, Shape>,
): readonly (readonly [string, unknown])[] {
  const values = new Map<string, unknown>(Object.entries(value));
  return [...fields.keys()].flatMap((key) => (values.get(key) === undefined ? [] : [[key, values.get(key)]]));
}

export function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compareText(a, b);
}

/** The shape of what stands at a key. */
export function childShape(shape: Shape, key: string): Shape {
  if (shape.kind === 'struct') return shape.fields.get(key) ?? valueShape;
  return shape.kind === 'record' ? shape.of : valueShape;
}

function printString(text: string): string {
  return JSON.stringify(wellFormed(text)).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Exponents from 1e21 on and below 1e-6, as both languages have it; Go writes `1e-7`, and so does JavaScript. */
function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

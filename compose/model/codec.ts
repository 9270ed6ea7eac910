import type { ProblemCode } from '../problem/codes.ts';
import { type Report, reportAt } from '../syntax/report.ts';
import type { Path } from '../values/path.ts';
import { isNull, keyText } from '../syntax/edit.ts';
import type { Node } from '../syntax/node.ts';
import { phrase, type Phrase } from '../problem/phrase.ts';
import { recordOf } from '../values/record.ts';

/**
 * How one type of the model is read from a canonical tree, and how its JSON is laid out. Field order is the order Docker Compose
 * prints, which its config hash depends on.
 */
export interface Codec {
  /** The value; `undefined` when there is none or it was reported. Never called for null. */
  decode(node: Node, context: DecodeContext): unknown;
  readonly shape: Shape;
}

export type Shape =
  | { readonly kind: 'value' }
  | { readonly kind: 'record'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, Shape> };

/** Where a value stands. The path is put together only when something is to be reported. */
export class DecodeContext {
  readonly report: Report;
  readonly #parent: DecodeContext | undefined;
  readonly #part: string | number;

  constructor(part: string | number, report: Report, parent?: DecodeContext) {
    this.#part = part;
    this.report = report;
    this.#parent = parent;
  }

  get path(): Path {
    return [...(this.#parent?.path ?? []), this.#part];
  }

  child(part: string | number): DecodeContext {
    return new DecodeContext(part, this.report, this);
  }
}

export const valueShape: Shape = { kind: 'value' };

/** When a field is left out. */
export interface Field {
  readonly key: string;
  readonly codec: Codec;
  /** The key in the model's JSON, if it is not the attribute's. */
  readonly as?: string;
  /**
   * `filled` (the usual): left out when empty, zero or false. `set`: left out only when not given. Otherwise never left out:
   * `fallback` stands for what was not given.
   */
  readonly when?: 'filled' | 'set' | { readonly fallback: unknown };
  /** For a switch that is on unless told otherwise: left out when true. */
  readonly optOut?: true;
}

export function struct(fields: readonly Field[]): Codec {
  const shapes = new Map(fields.map((field) => [field.as ?? field.key, field.codec.shape]));
  return {
    shape: { kind: 'struct', fields: shapes },
    decode(node, context) {
      if (node.kind !== 'map') return mismatch(node, context, phrase('type.mapping'));
      const values = new Map<string, Node>();
      for (const entry of node.entries) values.set(keyText(entry), entry.value);
      // Its keys are those of `fields`.
      const result = {} as Record<string, unknown>;
      for (const field of fields) {
        const node = values.get(field.key) ?? (field.as === undefined ? undefined : values.get(field.as));
        const value = decodeField(field, node, context);
        if (value !== undefined) result[field.as ?? field.key] = value;
      }
      return result;
    },
  };
}

function decodeField(field: Field, node: Node | undefined, context: DecodeContext): unknown {
  const value = node === undefined ? undefined : decodeChild(field.codec, node, context, field.key);
  if (field.optOut) return value === true ? undefined : false;
  const when = field.when ?? 'filled';
  if (typeof when === 'object') return value ?? when.fallback;
  if (when === 'set') return value;
  return isFilled(value) ? value : undefined;
}

/** A mapping of names; a name without a value has `empty`. */
export function record(codec: Codec, empty: unknown): Codec {
  return {
    shape: { kind: 'record', of: codec.shape },
    decode(node, context) {
      if (node.kind !== 'map') return mismatch(node, context, phrase('type.mapping'));
      const result: Record<string, unknown> = recordOf();
      for (const entry of node.entries) {
        const key = keyText(entry);
        const value = decodeChild(codec, entry.value, context, key);
        result[key] = value === undefined ? empty : value;
      }
      return result;
    },
  };
}

/** A list; an element without a value is `empty`. */
export function list(codec: Codec, empty: unknown): Codec {
  return {
    shape: { kind: 'list', of: codec.shape },
    decode(node, context) {
      if (node.kind !== 'seq') return mismatch(node, context, phrase('type.list'));
      return node.items.map((item, index) => decodeChild(codec, item, context, index) ?? empty);
    },
  };
}

function decodeChild(codec: Codec, node: Node, context: DecodeContext, part: string | number): unknown {
  if (isNull(node) || node.broken) return undefined;
  return codec.decode(node, context.child(part));
}

export function mismatch(node: Node, context: DecodeContext, expected: Phrase): undefined {
  return invalid(node, context, 'invalid-type', phrase('invalid-type', { expected }));
}

export function invalid(node: Node, context: DecodeContext, code: ProblemCode, message: Phrase): undefined {
  reportAt(context.report, code, node, context.path, message);
  return undefined;
}

function isFilled(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

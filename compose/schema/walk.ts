import type { Path } from '../values/path.ts';
import { nodeAtPath } from '../syntax/at.ts';
import type { Node } from '../syntax/node.ts';
import { ANY } from './compile.ts';
import { composeSchema } from './compose-schema.ts';
import { type SchemaForm, type SchemaNode, type SchemaType, TYPE_BITS } from './schema-node.ts';

/** What the schema says about one place of a Compose file. */
export interface SchemaPoint {
  /** Of the place itself, or of the one form that it can only be. */
  readonly description: string | undefined;
  readonly deprecated: boolean;
  readonly defaultValue: unknown;
  /** Of all forms; empty: any. */
  readonly types: readonly SchemaType[];
  /** Of all forms; empty: any. */
  readonly values: readonly (string | number | boolean | null)[];
  /** Keys with a meaning, of all forms that are mappings. */
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly required: readonly string[];
  /** Keys of the user's choice are possible. */
  readonly anyKey: boolean;
  /** Of a list's items. */
  readonly items: SchemaNode | undefined;
  readonly forms: readonly SchemaForm[];
  /** The form that the value there has, when there is a value and it has one of them. */
  readonly form: SchemaForm | undefined;
}

/**
 * What the schema says at a path. `root`, the tree that the path is in, decides between the forms of a value on the way: without it, and where it
 * has no value yet, all of them count. `undefined` where nothing can be.
 */
export function schemaAt(path: Path, root?: Node): SchemaPoint | undefined {
  let places: readonly SchemaNode[] = [composeSchema()];
  let node = root;
  for (const part of path) {
    places = places.flatMap((place) => formsFor(place, node).flatMap((form) => childOf(form, part) ?? []));
    node = node === undefined ? undefined : nodeAtPath(node, [part]);
    if (places.length === 0) return undefined;
  }
  return pointOf(places, node);
}

/** The schema of a key or an index of a value in this form; `undefined` where it cannot have that. A named key goes before a pattern. */
export function childOf(form: SchemaForm, part: string | number): SchemaNode | undefined {
  if (typeof part === 'number') return form.items ?? ((form.mask & TYPE_BITS.array) !== 0 ? ANY : undefined);
  if ((form.mask & TYPE_BITS.object) === 0) return undefined;
  const named = form.properties.get(part);
  if (named !== undefined) return named;
  for (const { pattern, schema } of form.patterns) {
    if (pattern.test(part)) return schema;
  }
  return form.additional;
}

/** The form that a value has; `undefined` if none of them. An alias may stand for anything. */
export function formOfValue(schema: SchemaNode, node: Node): SchemaForm | undefined {
  const bits = typeBits(node);
  for (const form of schema.forms) {
    if ((form.mask & bits) !== 0) return form;
  }
  return undefined;
}

/** All types that a value is of: a whole number is a number too. */
function typeBits(node: Node): number {
  if (node.kind === 'map') return TYPE_BITS.object;
  if (node.kind === 'seq') return TYPE_BITS.array;
  if (node.kind === 'alias') return -1;
  switch (node.type) {
    case 'string':
    case 'timestamp':
      return TYPE_BITS.string;
    case 'int':
      return TYPE_BITS.integer | TYPE_BITS.number;
    case 'float':
      return Number.isInteger(node.value) ? TYPE_BITS.integer | TYPE_BITS.number : TYPE_BITS.number;
    case 'bool':
      return TYPE_BITS.boolean;
    case 'null':
      return TYPE_BITS.null;
  }
}

function formsFor(schema: SchemaNode, node: Node | undefined): readonly SchemaForm[] {
  if (node === undefined || (node.kind === 'scalar' && node.type === 'null')) return schema.forms;
  const form = formOfValue(schema, node);
  return form === undefined ? schema.forms : [form];
}

function pointOf(places: readonly SchemaNode[], node: Node | undefined): SchemaPoint {
  const forms = places.flatMap((place) => place.forms);
  const described = places.find((place) => place.description !== undefined);
  const only = forms.length === 1 ? forms[0] : undefined;
  return {
    description: described?.description ?? only?.description,
    deprecated: places.some((place) => place.deprecated),
    defaultValue: places.find((place) => place.defaultValue !== undefined)?.defaultValue,
    types: unique(forms.flatMap((form) => form.types)),
    values: unique(forms.flatMap((form) => form.values)),
    properties: new Map(forms.flatMap((form) => [...form.properties])),
    required: unique(forms.flatMap((form) => form.required)),
    anyKey: forms.some(takesAnyKey),
    items: forms.find((form) => form.items !== undefined)?.items,
    forms,
    form: node === undefined ? undefined : forms.find((form) => (form.mask & typeBits(node)) !== 0),
  };
}

const EXTENSION = '^x-';

function takesAnyKey(form: SchemaForm): boolean {
  if ((form.mask & TYPE_BITS.object) === 0) return false;
  return form.additional !== undefined || form.patterns.some(({ pattern }) => pattern.source !== EXTENSION);
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

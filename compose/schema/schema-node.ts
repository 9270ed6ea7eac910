/** The schema, ready to walk: references followed, alternatives laid out flat. Plain data, shared by validation, hover and completion. */
export interface SchemaNode {
  /** For people, as the Compose Specification has it. */
  readonly description: string | undefined;
  readonly deprecated: boolean;
  readonly defaultValue: unknown;
  /**
   * The forms that a value can take: of different types, so that a value's type says which one it is. A schema without alternatives is its own
   * only form.
   */
  readonly forms: readonly SchemaForm[];
}

/** One form of a value. What does not apply to its types is empty. */
export interface SchemaForm {
  /** Empty: any. */
  readonly types: readonly SchemaType[];
  /** The same as bits, for quick comparison. */
  readonly mask: number;
  readonly description: string | undefined;
  /** Empty: any value. */
  readonly values: readonly (string | number | boolean | null)[];
  readonly properties: ReadonlyMap<string, SchemaNode>;
  /** Keys that users choose. */
  readonly patterns: readonly { readonly pattern: RegExp; readonly schema: SchemaNode }[];
  /** Of any other key; `undefined` where there can be none. */
  readonly additional: SchemaNode | undefined;
  readonly required: readonly string[];
  readonly items: SchemaNode | undefined;
  readonly uniqueItems: boolean;
  readonly pattern: RegExp | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'object' | 'array';

/** One bit for each type. */
export const TYPE_BITS: Readonly<Record<SchemaType, number>> = {
  string: 1,
  number: 2,
  integer: 4,
  boolean: 8,
  null: 16,
  object: 32,
  array: 64,
};

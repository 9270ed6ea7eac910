import { type SchemaForm, type SchemaNode, type SchemaType, TYPE_BITS } from './schema-node.ts';

/** The keywords that the schema uses, and `compile` knows. */
export interface RawSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, RawSchema>>;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly properties?: Readonly<Record<string, RawSchema>>;
  readonly patternProperties?: Readonly<Record<string, RawSchema>>;
  readonly additionalProperties?: boolean | RawSchema;
  readonly required?: readonly string[];
  readonly items?: RawSchema;
  readonly uniqueItems?: boolean;
  readonly oneOf?: readonly RawSchema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Anything goes. */
export const ANY: SchemaNode = {
  description: undefined,
  deprecated: false,
  defaultValue: undefined,
  forms: [formOf({}, undefined)],
};

/**
 * Compiles a schema of the features above. `$ref` may stand beside a `description` and nothing else; the alternatives of a `oneOf` must differ
 * in type. A test holds the bundled schema to both.
 */
export function compileSchema(root: RawSchema): SchemaNode {
  return new Compiler(root).compile(root);
}

class Compiler {
  readonly #root: RawSchema;
  readonly #known = new Map<RawSchema, SchemaNode>();

  constructor(root: RawSchema) {
    this.#root = root;
  }

  compile(raw: RawSchema): SchemaNode {
    const known = this.#known.get(raw);
    if (known !== undefined) return known;
    const target = this.#follow(raw);
    const forms: SchemaForm[] = [];
    const node: SchemaNode = {
      description: raw.description ?? target.description,
      deprecated: raw.deprecated ?? target.deprecated ?? false,
      defaultValue: raw.default ?? target.default,
      forms,
    };
    // Known before it is complete, so that a schema may contain itself.
    this.#known.set(raw, node);
    if (target.oneOf === undefined) forms.push(formOf(target, this));
    else for (const alternative of target.oneOf) forms.push(...this.compile(alternative).forms);
    return node;
  }

  #follow(raw: RawSchema): RawSchema {
    let target = raw;
    while (target.$ref !== undefined) {
      const name = target.$ref.slice('#/$defs/'.length);
      const next = this.#root.$defs?.[name];
      if (next === undefined)
        throw new Error(`the schema refers to ${target.$ref}, which it does not define`);
      target = next;
    }
    return target;
  }
}

function formOf(raw: RawSchema, compiler: Compiler | undefined): SchemaForm {
  const compile = (schema: RawSchema): SchemaNode => compiler?.compile(schema) ?? ANY;
  const { additionalProperties: additional = true } = raw;
  const types = raw.type === undefined ? [] : typeof raw.type === 'string' ? [raw.type] : raw.type;
  return {
    types,
    mask: types.length === 0 ? -1 : types.reduce((mask, type) => mask | TYPE_BITS[type], 0),
    description: raw.description,
    values: raw.enum ?? [],
    properties: new Map(
      Object.entries(raw.properties ?? {}).map(([name, schema]) => [name, compile(schema)]),
    ),
    patterns: Object.entries(raw.patternProperties ?? {}).map(([pattern, schema]) => ({
      pattern: new RegExp(pattern, 'u'),
      schema: compile(schema),
    })),
    get additional() {
      if (additional === true) return ANY;
      return additional === false ? undefined : compile(additional);
    },
    required: raw.required ?? [],
    items: raw.items === undefined ? undefined : compile(raw.items),
    uniqueItems: raw.uniqueItems ?? false,
    pattern: raw.pattern === undefined ? undefined : new RegExp(raw.pattern, 'u'),
    minimum: raw.minimum,
    maximum: raw.maximum,
  };
}

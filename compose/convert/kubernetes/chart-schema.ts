import { recordOf } from '../../values/record.ts';
import type { Json, JsonObject } from './manifest.ts';

/** Keys in `values.yaml`, from the outside in; a number is a place in a list. */
export type ValuePath = readonly (string | number)[];

/** A value as it is written. */
export interface ValueLeaf {
  readonly path: ValuePath;
  readonly value: Json;
}

/**
 * `values.schema.json` of a chart: what each of these values may be, so that `helm install`, `upgrade`, `template` and `lint` refuse what is misspelled or of another type.
 * At the top other keys are left alone: Helm puts `global` and the values of charts above there.
 */
export function valuesSchema(leaves: readonly ValueLeaf[]): string {
  const root = { $schema: 'http://json-schema.org/draft-07/schema#', ...mapping(leaves, true) };
  return `${JSON.stringify(root, undefined, 2)}\n`;
}

function mapping(leaves: readonly ValueLeaf[], isOpen = false): JsonObject {
  const below = new Map<string, ValueLeaf[]>();
  for (const { path, value } of leaves) {
    const [key = '', ...rest] = path;
    below.set(String(key), [...(below.get(String(key)) ?? []), { path: rest, value }]);
  }
  const properties = recordOf(
    [...below].map(([key, all]) => {
      const own = all.find(({ path }) => path.length === 0);
      return [key, own === undefined ? mapping(all) : valueSchema(key, own.value)] as const;
    }),
  );
  return { type: 'object', properties, ...(isOpen ? {} : { additionalProperties: false }) };
}

/** An image has to be named; the places of hosts are those that the templates have. */
function valueSchema(key: ValuePath[number], value: Json): JsonObject {
  if (typeof value === 'number') return { type: 'integer', minimum: 0 };
  if (typeof value === 'string') return { type: 'string', ...(key === 'image' && { minLength: 1 }) };
  if (Array.isArray(value))
    return {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: value.length,
      maxItems: value.length,
    };
  return { type: 'object' };
}

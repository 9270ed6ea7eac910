import type { SchemaNode } from '#compose/schema/schema-node.ts';
import { schemaAt } from '#compose/schema/walk.ts';
import type { Path } from '#compose/values/path.ts';
import { frequencyOf, isUnlikely } from './frequencies.ts';
import type { Child, Shape, Suggestion } from './suggestion.ts';

/** Keys with a meaning in the map at a path, without those it has. `lacking`: what it still needs, the most wanted first; `unfit`: what means nothing beside the values that are there. */
export function keySuggestions(
  path: Path,
  present: readonly string[],
  lacking: readonly string[] = [],
  unfit: readonly string[] = [],
): Suggestion[] {
  const point = schemaAt(path);
  if (point === undefined) return [];
  const suggestions: Suggestion[] = [];
  for (const [key, schema] of point.properties) {
    if (present.includes(key)) continue;
    const shape = shapeOf(key, schema);
    const deprecated = schema.deprecated || obsolete.has([...path, key].join('.'));
    const isLacking = lacking.includes(key);
    const unlikely = unfit.includes(key) || isUnlikely(key, present);
    const frequency = deprecated ? undefined : frequencyOf(path, key);
    const order = isLacking
      ? lacking.indexOf(key)
      : unlikely && frequency !== undefined
        ? afterLikely + frequency
        : frequency;
    suggestions.push({
      label: key,
      as: { key, shape, children: childrenOf(schema, shape) },
      kind: 'attribute',
      deprecated,
      described: [...path, key],
      rank: isLacking || point.required.includes(key) ? 2 : unfit.includes(key) ? 4 : 3,
      ...(order === undefined ? {} : { order }),
      again: true,
    });
  }
  return suggestions;
}

/** What something else makes unlikely comes after what is written, and before what hardly anybody writes. */
const afterLikely = 300;

const obsolete: ReadonlySet<string> = new Set(['version']);

/** A second way to begin `depends_on`: waiting until the others are healthy. Where one of them has a health check. */
export function awaitingSuggestion(
  path: Path,
  present: readonly string[],
  healthy: readonly string[],
): Suggestion[] {
  const others = healthy.filter((name) => name !== path[1]);
  if (path[0] !== 'services' || path.length !== 2 || present.includes('depends_on')) return [];
  const [first] = others;
  if (first === undefined) return [];
  const service = others.length === 1 ? `\${1:${first}}` : `\${1|${others.join(',')}|}`;
  return [
    {
      label: 'depends_on: service_healthy',
      as: { snippet: ['depends_on:', `  ${service}:`, '    condition: service_healthy$0'] },
      kind: 'snippet',
      filter: 'depends_on',
      rank: 3,
      order: (frequencyOf(path, 'depends_on') ?? 0) + 0.5,
    },
  ];
}

/** Where a list and a map are both possible, these are mostly written as lists. */
const mostlyLists: ReadonlySet<string> = new Set(['depends_on', 'networks', 'models']);

/** What a key's value most likely is going to be. */
export function shapeOf(key: string, schema: SchemaNode): Shape {
  const types = new Set(schema.forms.flatMap((form) => form.types));
  const map = types.has('object');
  const list = types.has('array');
  const scalar = [...types].some((type) => type !== 'object' && type !== 'array' && type !== 'null');
  if (scalar || (!map && !list)) return 'scalar';
  if (map && list) return mostlyLists.has(key) ? 'list' : 'map';
  return map ? 'map' : 'list';
}

/** What must be in a map, or in each item of a list of maps. */
export function childrenOf(schema: SchemaNode, shape: Shape): Child[] {
  if (shape === 'map') return requiredIn(schema);
  return shape === 'list'
    ? schema.forms.flatMap((form) => (form.items === undefined ? [] : requiredIn(form.items)))
    : [];
}

/** The required keys of a value that can only be a map, or nothing. */
function requiredIn(schema: SchemaNode): Child[] {
  const forms = schema.forms.filter((form) => !form.types.every((type) => type === 'null'));
  const [form] = forms;
  if (forms.length !== 1 || form === undefined || !form.types.includes('object')) return [];
  return form.required.map((key) => ({ key }));
}

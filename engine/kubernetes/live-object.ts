import { recordOf } from '#compose/values/record.ts';

/** What `kubectl … -o json` prints of an object: as deep as it is looked at, everything may be missing. */
export interface LiveObject {
  readonly [key: string]: unknown;
}

/** The objects in what `kubectl get -o json` printed: of a list its items; none where it printed nothing that can be read. */
export function objectsIn(output: string): readonly LiveObject[] {
  const value = parsed(output);
  if (value === undefined) return [];
  return 'items' in value ? listAt(value, 'items') : [value];
}

export function objectAt(value: LiveObject, ...path: readonly string[]): LiveObject {
  return path.reduce<LiveObject>((each, key) => asObject(each[key]) ?? recordOf(), value);
}

export function textAt(value: LiveObject, ...path: readonly string[]): string {
  const found = objectAt(value, ...path.slice(0, -1))[path.at(-1) ?? ''];
  return typeof found === 'string' ? found : '';
}

export function numberAt(value: LiveObject, ...path: readonly string[]): number {
  const found = objectAt(value, ...path.slice(0, -1))[path.at(-1) ?? ''];
  return typeof found === 'number' ? found : 0;
}

export function listAt(value: LiveObject, ...path: readonly string[]): readonly LiveObject[] {
  const found = objectAt(value, ...path.slice(0, -1))[path.at(-1) ?? ''];
  const list: readonly unknown[] = Array.isArray(found) ? found : [];
  return list.map(asObject).filter((each) => each !== undefined);
}

/** Kind, namespace and name: one object of a cluster. */
export function identityOf(object: LiveObject): string {
  return [textAt(object, 'kind'), textAt(object, 'metadata', 'namespace'), nameOf(object)].join('/');
}

export function nameOf(object: LiveObject): string {
  return textAt(object, 'metadata', 'name');
}

export function parsed(text: string): LiveObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): LiveObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as LiveObject)
    : undefined;
}

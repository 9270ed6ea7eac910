import { sha256 } from '../../model/sha256.ts';
import { recordOf } from '../../values/record.ts';
import { isObject } from './claim-templates.ts';
import type { Json, JsonObject, Manifest } from './manifest.ts';

/** Hexadecimal digits behind the name. */
const digits = 8;
/** What names a ConfigMap or a Secret, by the key that it stands below, with the key of the name. */
const references: readonly (readonly [below: string, key: string, kind: string])[] = [
  ['configMap', 'name', 'ConfigMap'],
  ['configMapKeyRef', 'name', 'ConfigMap'],
  ['configMapRef', 'name', 'ConfigMap'],
  ['secret', 'secretName', 'Secret'],
  ['secret', 'name', 'Secret'],
  ['secretKeyRef', 'name', 'Secret'],
  ['secretRef', 'name', 'Secret'],
];

/**
 * The same objects, each ConfigMap and Secret with a hash of its content behind its name, and everything that names it with that name: when the content changes, so do the pods'
 * templates, and the pods roll; those of before keep the old content. Objects that are not among these are named as they are. Pure.
 */
export function withHashedNames(manifests: readonly Manifest[]): readonly Manifest[] {
  const names = new Map<string, string>(
    manifests.flatMap(({ kind, metadata, ...content }) =>
      kind === 'ConfigMap' || kind === 'Secret'
        ? [[`${kind}/${metadata.name}`, `${metadata.name}-${hashOf(content)}`] as const]
        : [],
    ),
  );
  return manifests.map((manifest) => {
    const { kind, metadata } = manifest;
    const name = names.get(`${kind}/${metadata.name}`);
    return name === undefined
      ? (renamed(manifest, names) as Manifest)
      : { ...manifest, metadata: { ...metadata, name } };
  });
}

function hashOf(content: JsonObject): string {
  return sha256(JSON.stringify(ordered(content))).slice(0, digits);
}

/** Keys by name: their order is no content. */
function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  return recordOf(
    Object.keys(value)
      .sort()
      .flatMap((key) => {
        const child = value[key];
        return child === undefined ? [] : [[key, ordered(child)] as const];
      }),
  );
}

function renamed(value: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((each: Json) => renamed(each, names));
  if (!isObject(value)) return value;
  return recordOf(
    Object.entries(value).flatMap(([key, child]) =>
      child === undefined ? [] : [[key, named(key, renamed(child, names), names)] as const],
    ),
  );
}

/** What stands below this key, with the new name where it is one that names an object. */
function named(below: string, value: Json, names: ReadonlyMap<string, string>): Json {
  if (!isObject(value)) return value;
  for (const [parent, key, kind] of references) {
    const name = value[key];
    const fresh = parent === below && typeof name === 'string' ? names.get(`${kind}/${name}`) : undefined;
    if (fresh !== undefined) return { ...value, [key]: fresh };
  }
  return value;
}

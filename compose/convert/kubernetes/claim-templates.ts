import type { Json, JsonObject, Manifest } from './manifest.ts';

/** The claims that one StatefulSet alone uses become its templates: each of its pods has a volume of its own. */
export function withClaimTemplates(manifests: readonly Manifest[]): readonly Manifest[] {
  const claims = new Map(
    manifests
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map((claim) => [claim.metadata.name, claim] as const),
  );
  const users = manifests.flatMap((manifest) => [...new Set(claimsOf(manifest))]);
  const moved = new Set<string>();
  const changed = manifests.map((manifest) => {
    if (manifest.kind !== 'StatefulSet') return manifest;
    const own = claimsOf(manifest).filter(
      (name) => claims.has(name) && users.filter((user) => user === name).length === 1,
    );
    if (own.length === 0) return manifest;
    for (const name of own) moved.add(name);
    return withTemplates(manifest, new Set(own), claims);
  });
  return changed.filter(
    ({ kind, metadata }) => kind !== 'PersistentVolumeClaim' || !moved.has(metadata.name),
  );
}

function withTemplates(
  manifest: Manifest,
  names: ReadonlySet<string>,
  claims: ReadonlyMap<string, Manifest>,
): Manifest {
  const spec = objectAt(manifest, 'spec');
  const template = objectAt(spec, 'template');
  const pod = objectAt(template, 'spec');
  const kept = listAt(pod, 'volumes').filter((volume) => !names.has(claimName(volume) ?? ''));
  return {
    ...manifest,
    spec: {
      ...spec,
      template: { ...template, spec: { ...pod, volumes: kept.length === 0 ? undefined : kept } },
      volumeClaimTemplates: [...names].map((name) => ({
        metadata: { name },
        spec: claims.get(name)?.spec,
      })),
    },
  };
}

function claimsOf(manifest: Manifest): readonly string[] {
  const spec = objectAt(manifest, 'spec');
  const template = objectAt(
    manifest.kind === 'CronJob' ? objectAt(objectAt(spec, 'jobTemplate'), 'spec') : spec,
    'template',
  );
  return listAt(objectAt(template, 'spec'), 'volumes').flatMap((volume) => claimName(volume) ?? []);
}

function claimName(volume: Json): string | undefined {
  const name = objectAt(objectAt({ volume }, 'volume'), 'persistentVolumeClaim').claimName;
  return typeof name === 'string' ? name : undefined;
}

/** Empty where there is none. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}

export function listAt(object: JsonObject, key: string): readonly Json[] {
  const value = object[key];
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value);
}

import type { Manifest } from '#compose/convert/kubernetes/manifest.ts';

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };
type Fields = { [key: string]: Json };
interface Stored {
  live: Fields;
  /** What `kubectl apply` remembers in the annotation last-applied-configuration. */
  applied: Fields;
}

/** What came of one apply, as `outcome Kind/name`. */
export type Outcomes = ReadonlySet<string>;

/**
 * A cluster as far as `kubectl apply` goes: the three-way merge of client-side apply, the defaults that the API server fills in, and what its validation of updates refuses,
 * written from the API's own rules (pkg/apis/*\/validation) and not from the table that is tested with it. Storage cannot be expanded.
 */
export class Cluster {
  readonly #objects = new Map<string, Stored>();

  apply(manifests: readonly Manifest[]): Outcomes {
    const outcomes = new Set<string>();
    const wanted = new Set(manifests.map(keyOf));
    for (const key of this.#objects.keys()) if (!wanted.has(key)) outcomes.add(`left ${key}`);
    for (const manifest of manifests) {
      const key = keyOf(manifest);
      const applied = plain(manifest);
      const stored = this.#objects.get(key);
      if (stored === undefined) {
        this.#objects.set(key, { live: defaulted(applied), applied });
        continue;
      }
      const next = defaulted(prepared(merged(stored.applied, applied, stored.live), stored.live));
      if (isRefused(manifest.kind, stored.live, next)) {
        outcomes.add(`refused ${key}`);
        continue;
      }
      if (JSON.stringify(sorted(next)) !== JSON.stringify(sorted(defaulted(applied))))
        outcomes.add(`kept ${key}`);
      this.#objects.set(key, { live: next, applied });
    }
    return outcomes;
  }

  /** `kubectl delete`. */
  delete(key: string): void {
    this.#objects.delete(key);
  }
}

function keyOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

function plain(manifest: Manifest): Fields {
  return JSON.parse(JSON.stringify(manifest)) as Fields;
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fields(value: Json | undefined): Fields {
  return isFields(value) ? value : {};
}

/** What was applied before and is no longer goes; what somebody else put there stays. */
function merged(before: Fields, after: Fields, live: Fields): Fields {
  const result: Fields = { ...live };
  for (const key of Object.keys(before)) if (!(key in after)) delete result[key];
  for (const [key, value] of Object.entries(after))
    result[key] = isFields(value) ? merged(fields(before[key]), value, fields(live[key])) : value;
  return result;
}

/** The address of a Service stays where an update names none (service REST `patchAllocatedValues`). */
function prepared(next: Fields, live: Fields): Fields {
  if (next.kind !== 'Service') return next;
  const spec = fields(next.spec);
  return spec.clusterIP === undefined
    ? { ...next, spec: { ...spec, clusterIP: fields(live.spec).clusterIP ?? '' } }
    : next;
}

function defaulted(object: Fields): Fields {
  const spec = fields(object.spec);
  switch (object.kind) {
    case 'Service':
      return {
        ...object,
        spec: { ...spec, clusterIP: spec.clusterIP ?? 'an address', type: spec.type ?? 'ClusterIP' },
      };
    case 'Secret': {
      const { stringData, ...rest } = object;
      const written = Object.entries(fields(stringData)).map(([key, text]) => [key, btoa(String(text))]);
      return {
        ...rest,
        type: object.type ?? 'Opaque',
        data: { ...fields(object.data), ...(Object.fromEntries(written) as Fields) },
      };
    }
    case 'Job':
      return {
        ...object,
        spec: { ...spec, completions: spec.completions ?? 1, parallelism: spec.parallelism ?? 1 },
      };
    default:
      return object;
  }
}

/** ValidateServiceUpdate, ValidateDeploymentUpdate, ValidateStatefulSetUpdate, ValidateJobUpdate, ValidatePersistentVolumeClaimUpdate, ValidateSecretUpdate, ValidateConfigMapUpdate. */
function isRefused(kind: string, live: Fields, next: Fields): boolean {
  const [old, now] = [fields(live.spec), fields(next.spec)];
  const changed = (one: Json | undefined, other: Json | undefined) =>
    JSON.stringify(sorted(one ?? null)) !== JSON.stringify(sorted(other ?? null));
  switch (kind) {
    case 'Service':
      return old.clusterIP !== now.clusterIP;
    case 'Deployment':
    case 'DaemonSet':
      return changed(old.selector, now.selector);
    case 'StatefulSet': {
      const fixed = ({
        replicas: _,
        template: __,
        updateStrategy: ___,
        minReadySeconds: ____,
        ...rest
      }: Fields) => rest;
      return changed(fixed(old), fixed(now));
    }
    case 'Job':
      return changed(old.template, now.template) || changed(old.completions, now.completions);
    case 'PersistentVolumeClaim':
      return changed(old, now);
    case 'Secret':
      return live.type !== next.type || isLocked(live, next);
    case 'ConfigMap':
      return isLocked(live, next);
    default:
      return false;
  }
}

/** `immutable` stays, and the content with it (ValidateConfigMapUpdate, ValidateSecretUpdate). */
function isLocked(live: Fields, next: Fields): boolean {
  if (live.immutable !== true) return false;
  return (
    next.immutable !== true ||
    JSON.stringify(sorted(fields(live.data))) !== JSON.stringify(sorted(fields(next.data)))
  );
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

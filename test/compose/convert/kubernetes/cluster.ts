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
      if (key.startsWith('Service/')) withMergedPorts(stored, applied, next);
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

/**
 * The list of a Service's ports by strategic merge: `port` is the merge key. What live lacks or has otherwise is in the patch, and a port that was applied and goes is a
 * deletion of all that have its key (apimachinery strategicpatch, diffListsOfMaps and mergeSliceWithoutSpecialElements).
 */
function withMergedPorts({ live, applied: before }: Stored, after: Fields, next: Fields): void {
  const portsIn = (object: Fields) =>
    (Array.isArray(fields(object.spec).ports) ? (fields(object.spec).ports as Fields[]) : [])
      .map((port): Fields => ({ protocol: 'TCP', ...port }))
      .sort((a, b) => String(a.port).localeCompare(String(b.port)));
  const [old, now, there] = [portsIn(before), portsIn(after), portsIn(live)];
  const counted = (ports: readonly Fields[], port: Json | undefined) =>
    ports.filter((each) => each.port === port).length;
  let result = structuredClone(there.filter(({ port }) => counted(old, port) <= counted(now, port)));
  for (const [at, port] of now.entries()) {
    const nth = now.slice(0, at).filter((each) => each.port === port.port).length;
    const nthOf = (ports: readonly Fields[]) => ports.filter((each) => each.port === port.port)[nth] ?? {};
    const patch = Object.entries(port).filter(([key, value]) => nthOf(there)[key] !== value);
    const gone = Object.keys(nthOf(old)).filter((key) => !(key in port));
    if (patch.length + gone.length === 0) continue;
    const first = result.find((each) => each.port === port.port);
    if (first === undefined) result = [...result, { ...port }];
    else {
      Object.assign(first, Object.fromEntries(patch));
      for (const key of gone) delete first[key];
    }
  }
  const spec = fields(next.spec);
  if (result.length + now.length === 0) return;
  spec.ports = result.map((port) => withNodePort(port, there, spec.type)).sort(byPort);
}

/** A port keeps its number on the nodes where an update names none, by its name (service REST `patchAllocatedValues`). */
function withNodePort(port: Fields, there: readonly Fields[], type: Json | undefined): Fields {
  const { nodePort, ...rest } = port;
  const before = there.find(({ name }) => name === port.name)?.nodePort;
  return isOpen(type) ? { ...rest, nodePort: nodePort ?? before ?? 'assigned' } : rest;
}

function isOpen(type: Json | undefined): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

function byPort(one: Fields, other: Fields): number {
  return `${one.port}/${one.protocol}`.localeCompare(`${other.port}/${other.protocol}`);
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
        spec: {
          ...spec,
          clusterIP: spec.clusterIP ?? 'an address',
          type: spec.type ?? 'ClusterIP',
          ...(Array.isArray(spec.ports) && {
            ports: (spec.ports as Fields[])
              .map((port) => withNodePort({ protocol: 'TCP', ...port }, [], spec.type))
              .sort(byPort),
          }),
        },
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
      return (
        old.clusterIP !== now.clusterIP ||
        (now.clusterIP === 'None' ? isOpen(now.type) : !(Array.isArray(now.ports) && now.ports.length > 0))
      );
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
      return ['template', 'completions', 'completionMode', 'selector', 'podFailurePolicy'].some((key) =>
        changed(old[key], now[key]),
      );
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
    JSON.stringify(sorted([fields(live.data), fields(live.binaryData)])) !==
      JSON.stringify(sorted([fields(next.data), fields(next.binaryData)]))
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

import { phrase, type Phrase } from '../../problem/phrase.ts';
import { recordOf } from '../../values/record.ts';
import { isObject, listAt, objectAt } from './claim-templates.ts';
import type { Json, JsonObject, Manifest } from './manifest.ts';
import { mergedPorts } from './merged-ports.ts';

/**
 * What a cluster that has the manifests of before does with those of after. `refused`: the API server does not take the change, and nothing of this object is applied.
 * `kept`: it takes it and keeps the old value, without a word. `left`: what is no longer made goes on until somebody deletes it.
 */
export type Outcome = 'refused' | 'kept' | 'left';

export interface Succession {
  readonly kind: string;
  readonly name: string;
  /** In the object; empty for the whole of it. */
  readonly field: string;
  readonly outcome: Outcome;
  /** What happens, and the way out. */
  readonly reason: Phrase;
}

interface Rule {
  readonly kinds: readonly string[];
  readonly field: string;
  readonly outcome: Exclude<Outcome, 'left'>;
  readonly applies: (before: Manifest, after: Manifest) => boolean;
  readonly reason: (name: string, kind: string) => Phrase;
}

const at = (manifest: Manifest, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (value, key) => (value !== undefined && isObject(value) ? value[key] : undefined),
    manifest,
  );
const differs =
  (...path: readonly string[]) =>
  (before: Manifest, after: Manifest) =>
    !isSame(at(before, ...path), at(after, ...path));

/** Delete it, and apply again: what runs stops meanwhile. */
const anew = (name: string, kind: string) =>
  phrase('kubernetes.again.anew', { kind: kind.toLowerCase(), name });
/** The same with pods that go on: they are taken over. */
const orphaned = (name: string, kind: string) =>
  phrase('kubernetes.again.orphan', { kind: kind.toLowerCase(), name });

const isHeadless = (manifest: Manifest) => at(manifest, 'spec', 'clusterIP') === 'None';
/** Whether it has to have an address of its own: headless is refused then. */
const isOpen = (manifest: Manifest) =>
  ['LoadBalancer', 'NodePort'].includes(String(at(manifest, 'spec', 'type')));
const portsOf = (manifest: Manifest) => listAt(objectAt(manifest, 'spec'), 'ports').filter(isObject);
const isLocked = (manifest: Manifest) => manifest.immutable === true;
/** What may change in a StatefulSet; everything else may not. */
const ofStatefulSet = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'ordinals',
  'persistentVolumeClaimRetentionPolicy',
  'revisionHistoryLimit',
];

/** Fields that cannot change, and merges that keep what was there. In the order in which they are looked at; each once for an object. */
const rules: readonly Rule[] = [
  {
    kinds: ['Service'],
    field: 'spec.clusterIP',
    outcome: 'refused',
    applies: (before, after) => !isHeadless(before) && isHeadless(after),
    reason: anew,
  },
  {
    kinds: ['Service'],
    field: 'spec.clusterIP',
    outcome: 'kept',
    applies: (before, after) => isHeadless(before) && !isHeadless(after) && !isOpen(after),
    reason: (name) => phrase('kubernetes.again.headless', { name }),
  },
  {
    kinds: ['Service'],
    field: 'spec.clusterIP',
    outcome: 'refused',
    applies: (before, after) => isHeadless(before) && isOpen(after),
    reason: anew,
  },
  {
    kinds: ['Service'],
    field: 'spec.ports',
    outcome: 'refused',
    applies: (before, after) => losesPorts(before, after) && mergedOf(before, after).length === 0,
    reason: anew,
  },
  {
    kinds: ['Service'],
    field: 'spec.ports',
    outcome: 'kept',
    applies: (before, after) => losesPorts(before, after) && mergedOf(before, after).length > 0,
    reason: (name) => phrase('kubernetes.again.ports', { name }),
  },
  {
    kinds: ['Service'],
    field: 'spec.ports.nodePort',
    outcome: 'kept',
    applies: keepsNodePort,
    reason: (name) => phrase('kubernetes.again.node-port', { name }),
  },
  {
    kinds: ['Deployment', 'DaemonSet'],
    field: 'spec.selector',
    outcome: 'refused',
    applies: differs('spec', 'selector'),
    reason: anew,
  },
  ...['serviceName', 'volumeClaimTemplates', 'selector'].map(
    (field): Rule => ({
      kinds: ['StatefulSet'],
      field: `spec.${field}`,
      outcome: 'refused',
      applies: differs('spec', field),
      reason: field === 'selector' ? anew : orphaned,
    }),
  ),
  {
    kinds: ['StatefulSet'],
    field: 'spec',
    outcome: 'refused',
    applies: (before, after) => {
      const others = (manifest: Manifest) =>
        recordOf(
          Object.entries(objectAt(manifest, 'spec')).filter(
            ([key]) => ![...ofStatefulSet, 'serviceName', 'volumeClaimTemplates', 'selector'].includes(key),
          ),
        );
      return !isSame(others(before), others(after));
    },
    reason: orphaned,
  },
  ...['template', 'completions', 'completionMode', 'selector', 'podFailurePolicy'].map(
    (field): Rule => ({
      kinds: ['Job'],
      field: `spec.${field}`,
      outcome: 'refused',
      applies: differs('spec', field),
      reason: anew,
    }),
  ),
  ...['storageClassName', 'accessModes', 'selector', 'volumeMode', 'volumeName', 'dataSource'].map(
    (field): Rule => ({
      kinds: ['PersistentVolumeClaim'],
      field: `spec.${field}`,
      outcome: 'refused',
      applies: differs('spec', field),
      reason: (name) => phrase('kubernetes.again.claim', { name }),
    }),
  ),
  {
    kinds: ['PersistentVolumeClaim'],
    field: 'spec.resources.requests.storage',
    outcome: 'refused',
    applies: (before, after) => sizeOf(after) < sizeOf(before),
    reason: (name) => phrase('kubernetes.again.smaller', { name }),
  },
  {
    kinds: ['PersistentVolumeClaim'],
    field: 'spec.resources.requests.storage',
    outcome: 'refused',
    applies: (before, after) => sizeOf(after) > sizeOf(before),
    reason: (name) => phrase('kubernetes.again.larger', { name }),
  },
  {
    kinds: ['Secret'],
    field: 'type',
    outcome: 'refused',
    applies: (before, after) => (before.type ?? 'Opaque') !== (after.type ?? 'Opaque'),
    reason: anew,
  },
  {
    kinds: ['Secret', 'ConfigMap'],
    field: 'data',
    outcome: 'refused',
    applies: (before, after) =>
      isLocked(before) && (!isLocked(after) || !isSame(dataOf(before), dataOf(after))),
    reason: (name, kind) => phrase('kubernetes.again.immutable', { kind: kind.toLowerCase(), name }),
  },
  {
    kinds: ['Secret'],
    field: 'stringData',
    outcome: 'kept',
    applies: (before, after) => {
      const now = dataOf(after);
      return Object.keys(objectAt(before, 'stringData')).some((key) => now[key] === undefined);
    },
    reason: (name) => phrase('kubernetes.again.string-data', { name }),
  },
];

/**
 * What of a conversion does not become true when it is applied over the last one, in the order of the objects of before. Pure. What a cluster takes as it is,
 * has no entry.
 */
export function succession(before: readonly Manifest[], after: readonly Manifest[]): readonly Succession[] {
  const now = new Map(after.map((manifest) => [keyOf(manifest), manifest]));
  return before.flatMap((old): readonly Succession[] => {
    const { kind, metadata } = old;
    const { name } = metadata;
    const fresh = now.get(keyOf(old));
    if (fresh === undefined) {
      const reason = phrase('kubernetes.again.left', { kind: kind.toLowerCase(), name });
      return [{ kind, name, field: '', outcome: 'left', reason }];
    }
    return rules.flatMap(({ kinds, field, outcome, applies, reason }) =>
      kinds.includes(kind) && applies(old, fresh)
        ? [{ kind, name, field, outcome, reason: reason(name, kind) }]
        : [],
    );
  });
}

function keyOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

function dataOf(manifest: Manifest): JsonObject {
  return {
    ...objectAt(manifest, 'data'),
    ...objectAt(manifest, 'stringData'),
    ...objectAt(manifest, 'binaryData'),
  };
}

/** The ports that a Service has after `kubectl apply`, without what the cluster adds. */
function mergedOf(before: Manifest, after: Manifest): readonly JsonObject[] {
  return mergedPorts(portsOf(before), portsOf(after));
}

/** One with a port of the same number for TCP and UDP, which kubectl takes for one. */
function losesPorts(before: Manifest, after: Manifest): boolean {
  const keys = (ports: readonly JsonObject[]) =>
    ports
      .map(({ port, protocol, targetPort }) => `${port}/${protocol ?? 'TCP'}:${targetPort}`)
      .sort()
      .join();
  return isHeadless(before) === isHeadless(after) && keys(mergedOf(before, after)) !== keys(portsOf(after));
}

/** A port whose number on the nodes is no longer named keeps it, unless another port takes it. */
function keepsNodePort(before: Manifest, after: Manifest): boolean {
  if (!isOpen(before) || !isOpen(after)) return false;
  const taken = portsOf(after).map(({ nodePort }) => nodePort);
  return portsOf(before).some(
    ({ name, nodePort }) =>
      nodePort !== undefined &&
      !taken.includes(nodePort) &&
      portsOf(after).some((port) => port.name === name && port.nodePort === undefined),
  );
}

/** In bytes; 0 for what is none. */
function sizeOf(manifest: Manifest): number {
  const text = at(manifest, 'spec', 'resources', 'requests', 'storage');
  const [, digits = '0', unit = ''] = /^([\d.]+)([KMGTPEk]?i?)$/.exec(String(text ?? '')) ?? [];
  const power = ['', 'k', 'm', 'g', 't', 'p', 'e'].indexOf(unit.charAt(0).toLowerCase());
  return Number(digits) * (unit.endsWith('i') ? 1024 : 1000) ** power;
}

/** Equal as the API has it: keys in whatever order, what is not there and what is `undefined` alike. */
function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (isObject(one) && isObject(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => isSame(one[key], other[key]));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    const [list, others] = [listAt({ one }, 'one'), listAt({ other }, 'other')];
    return list.length === others.length && list.every((each, index) => isSame(each, others[index]));
  }
  return one === other;
}

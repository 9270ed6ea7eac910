import { recordOf } from '#compose/values/record.ts';
import { identityOf, type LiveObject, objectAt, parsed, textAt } from './live-object.ts';

/** What has to happen so that a cluster has again what it had before an apply. */
export interface Undo {
  /** Objects that were changed, as they were applied before. */
  readonly restored: readonly LiveObject[];
  /** The same objects as they are applied now. */
  readonly replaced: readonly LiveObject[];
  /** Objects that were not there before. */
  readonly added: readonly LiveObject[];
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
/** What the API server fills in, and takes from nobody. */
const serverFields = new Set([
  'creationTimestamp',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
  'ownerReferences',
]);

/**
 * `before` and `after`: what the cluster has of the same manifests, as `kubectl get -o json` prints it. What was applied before counts as it was applied (kubectl keeps that
 * in an annotation); an object that was made in another way as it stands. What is the same before and after is not touched. Pure.
 */
export function undoOf(before: readonly LiveObject[], after: readonly LiveObject[]): Undo {
  const old = new Map(before.map((object) => [identityOf(object), object]));
  const restored: LiveObject[] = [];
  const replaced: LiveObject[] = [];
  const added: LiveObject[] = [];
  for (const object of after) {
    const previous = old.get(identityOf(object));
    if (previous === undefined) added.push(asApplied(object));
    else if (JSON.stringify(asApplied(previous)) !== JSON.stringify(asApplied(object))) {
      restored.push(asApplied(previous));
      replaced.push(asApplied(object));
    }
  }
  return { restored, replaced, added };
}

/** What of an apply somebody has changed since; `now`: what the cluster has of the objects that it replaced. Pure. */
export function changedSince({ replaced }: Undo, now: readonly LiveObject[]): readonly LiveObject[] {
  const live = new Map(now.map((object) => [identityOf(object), object]));
  return replaced.filter((object) => {
    const found = live.get(identityOf(object));
    return found === undefined || JSON.stringify(asApplied(found)) !== JSON.stringify(object);
  });
}

/** A list as `kubectl apply -f -` reads it. */
export function listOf(objects: readonly LiveObject[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
}

/** The manifest that was applied; of what nobody applied, the object without what the server fills in. */
function asApplied(object: LiveObject): LiveObject {
  const applied = parsed(textAt(object, 'metadata', 'annotations', lastApplied));
  if (applied !== undefined) return applied;
  const { status: _, metadata: __, ...rest } = object;
  return {
    ...rest,
    metadata: recordOf(
      Object.entries(objectAt(object, 'metadata')).filter(([key]) => !serverFields.has(key)),
    ),
  };
}

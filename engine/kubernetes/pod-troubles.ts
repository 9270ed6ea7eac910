import { listAt, type LiveObject, nameOf, numberAt, objectAt, textAt } from './live-object.ts';

/** Why a pod of a workload does not start, in the cluster's own words. */
export interface Trouble {
  /** The pod; of a workload that gets none, the workload. */
  readonly pod: string;
  readonly container?: string;
  /** As the API names it: `ImagePullBackOff`, `Unschedulable` … */
  readonly reason: string;
  readonly message: string;
  /** How the container ended before. */
  readonly last?: { readonly exitCode: number; readonly reason: string };
  /** In how many looks in a row it has to be seen until nobody waits for it any longer; `Infinity`: it may well go away. */
  readonly patience: number;
}

/** Looks until a trouble counts that does not go away by itself: the pod may be one that is just being replaced. */
const lasting = 2;
/** The same for what the cluster may still solve: a node or a volume comes. */
const passing = 8;
/** Restarts until a crash loop counts: what a program depends on may start later than it. */
const mostRestarts = 3;

/** What is wrong with how a container is described, or with its image: waiting does not help. */
const lastingReasons = new Set([
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/**
 * Why pods of a workload do not start. `workload`: with its selector, as the cluster has it; `objects`: pods of its namespace, and the workloads as they are now;
 * `events`: its warnings. Pure. Of pods that are replaced only the newest template's count.
 */
export function troublesOf(
  workload: LiveObject,
  objects: readonly LiveObject[],
  events: readonly LiveObject[],
): readonly Trouble[] {
  const pods = newest(podsOf(workload, objects));
  if (pods.length > 0) return pods.flatMap((pod) => podTroubles(pod, eventsOf(pod, events)));
  const name = nameOf(workload);
  const now = objects.find((each) => each.kind === workload.kind && nameOf(each) === name) ?? workload;
  const failed = listAt(now, 'status', 'conditions').find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  const said =
    failed ?? eventsOf(now, events).findLast((event) => textAt(event, 'reason').startsWith('Failed'));
  if (said === undefined) return [];
  return [{ pod: name, reason: textAt(said, 'reason'), message: textAt(said, 'message'), patience: passing }];
}

/** The pods that its selector takes, but for those that are ending. */
export function podsOf(workload: LiveObject, objects: readonly LiveObject[]): readonly LiveObject[] {
  const wanted = Object.entries(objectAt(workload, 'spec', 'selector', 'matchLabels'));
  if (wanted.length === 0) return [];
  return objects.filter((each) => {
    const labels = objectAt(each, 'metadata', 'labels');
    return (
      each.kind === 'Pod' &&
      textAt(each, 'metadata', 'deletionTimestamp') === '' &&
      wanted.every(([key, value]) => labels[key] === value)
    );
  });
}

/** Those made from the template of the pod that was made last. */
function newest(pods: readonly LiveObject[]): readonly LiveObject[] {
  const madeAt = (pod: LiveObject) => textAt(pod, 'metadata', 'creationTimestamp');
  const latest = pods.map(madeAt).toSorted().at(-1);
  const templates = new Set(pods.filter((pod) => madeAt(pod) === latest).map(templateOf));
  return pods.filter((pod) => templates.has(templateOf(pod)));
}

function templateOf(pod: LiveObject): string {
  const labels = objectAt(pod, 'metadata', 'labels');
  return textAt(labels, 'pod-template-hash') || textAt(labels, 'controller-revision-hash');
}

/** By the object's own id where it has one: a pod of a StatefulSet is called like the one before it. */
function eventsOf(object: LiveObject, events: readonly LiveObject[]): readonly LiveObject[] {
  const id = textAt(object, 'metadata', 'uid');
  const [key, own] = id === '' ? ['name', nameOf(object)] : ['uid', id];
  return own === '' ? [] : events.filter((event) => textAt(event, 'involvedObject', key) === own);
}

function podTroubles(pod: LiveObject, events: readonly LiveObject[]): readonly Trouble[] {
  const name = nameOf(pod);
  const phase = textAt(pod, 'status', 'phase');
  if (phase === 'Succeeded') return [];
  const statuses = [
    ...listAt(pod, 'status', 'initContainerStatuses'),
    ...listAt(pod, 'status', 'containerStatuses'),
  ];
  const found = statuses.flatMap((status) => containerTrouble(name, status) ?? []);
  if (found.length > 0) return found;
  const unscheduled = listAt(pod, 'status', 'conditions').find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled !== undefined) return [said(name, unscheduled, passing)];
  if (phase === 'Failed') return [said(name, objectAt(pod, 'status'), lasting)];
  const isReady = statuses.length > 0 && statuses.every(isDone);
  const warning = isReady ? undefined : events.at(-1);
  if (warning === undefined) return [];
  // A probe that fails belongs to every slow start.
  const waits = textAt(warning, 'reason') === 'Unhealthy' ? Number.POSITIVE_INFINITY : passing;
  return [said(name, warning, waits)];
}

function said(pod: string, object: LiveObject, patience: number): Trouble {
  return { pod, reason: textAt(object, 'reason'), message: textAt(object, 'message'), patience };
}

function isDone(status: LiveObject): boolean {
  return status.ready === true || objectAt(status, 'state', 'terminated').exitCode === 0;
}

function containerTrouble(pod: string, status: LiveObject): Trouble | undefined {
  const waiting = objectAt(status, 'state', 'waiting');
  const reason = textAt(waiting, 'reason');
  const isLoop = reason === 'CrashLoopBackOff';
  if (!isLoop && reason !== 'ErrImagePull' && !lastingReasons.has(reason)) return undefined;
  const ended = objectAt(status, 'lastState', 'terminated');
  const hasEnded = typeof ended.exitCode === 'number';
  return {
    pod,
    container: textAt(status, 'name'),
    reason,
    message: textAt(waiting, 'message'),
    ...(hasEnded && { last: { exitCode: numberAt(ended, 'exitCode'), reason: textAt(ended, 'reason') } }),
    patience:
      isLoop && numberAt(status, 'restartCount') < mostRestarts
        ? Number.POSITIVE_INFINITY
        : reason === 'ErrImagePull'
          ? passing
          : lasting,
  };
}

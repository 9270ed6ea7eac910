import { setTimeout as delay } from 'node:timers/promises';
import { identityOf, listAt, type LiveObject, nameOf, numberAt, objectsIn, textAt } from './live-object.ts';
import { podsOf, type Trouble, troublesOf } from './pod-troubles.ts';

/** What a program said, and whether it went well. */
export interface KubectlAnswer {
  readonly ok: boolean;
  readonly output: string;
  readonly errors: string;
}

/** Runs `kubectl` in the cluster that is meant; `input` is what it reads from its standard input. Ended by the signal it has not gone well. */
export type Kubectl = (
  words: readonly string[],
  signal: AbortSignal,
  input?: string,
) => Promise<KubectlAnswer>;

export interface Followed {
  /** `Deployment`, `StatefulSet`, `DaemonSet` or `Job`. */
  readonly kind: string;
  readonly name: string;
  /** `waiting`: it was neither running nor given up when the waiting ended. */
  readonly state: 'running' | 'failing' | 'waiting';
  /** Why it does not start; of one that runs, none. */
  readonly troubles: readonly Trouble[];
  /** The last lines of what a container printed that crashes again and again. */
  readonly lines: readonly string[];
  /** What kubectl said when it gave the rollout up; else empty. */
  readonly givenUp: string;
}

const rolledOut = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
/** ms. Two looks at the pods. */
const usualPeriod = 2000;
/** Until then a rollout that neither ends nor fails is followed. */
const patience = '10m';
const printedLines = 5;

interface Open {
  readonly workload: LiveObject;
  readonly abort: AbortController;
  state: Followed['state'];
  troubles: readonly Trouble[];
  /** How often its troubles were seen in a row, by pod, container and reason. */
  readonly seen: Map<string, number>;
  givenUp: string;
}

/** The workloads in what a cluster has of the manifests. */
export function workloadsIn(objects: readonly LiveObject[]): readonly LiveObject[] {
  return objects.filter(({ kind }) => rolledOut.has(String(kind)) || kind === 'Job');
}

/**
 * Follows what was applied until each workload runs, or does not start for a reason that does not go away; or until the signal: what is open then is `waiting`.
 * `report` is told of each change. Never rejects: what may not be looked at is not known.
 */
export async function followRollout(
  kubectl: Kubectl,
  workloads: readonly LiveObject[],
  report: (followed: readonly Followed[]) => void,
  signal: AbortSignal,
  period = usualPeriod,
): Promise<readonly Followed[]> {
  const all = workloads.map(
    (workload): Open => ({
      workload,
      abort: new AbortController(),
      state: 'waiting',
      troubles: [],
      seen: new Map(),
      givenUp: '',
    }),
  );
  const told = () => report(all.map((each) => followedOf(each, [])));
  const isOpen = () => all.some(({ state }) => state === 'waiting');
  const closed = new AbortController();
  const rollouts = all.map(async (each) => {
    await rollout(kubectl, each, signal);
    told();
    if (!isOpen()) closed.abort();
  });
  const pause = AbortSignal.any([signal, closed.signal]);
  while (isOpen() && !signal.aborted) {
    await look(kubectl, all, signal);
    told();
    if (isOpen()) await delay(period, undefined, { signal: pause }).catch(() => {});
  }
  for (const { abort } of all) abort.abort();
  await Promise.all(rollouts);
  const never = new AbortController().signal;
  return Promise.all(all.map(async (each) => followedOf(each, await linesOf(kubectl, each, never))));
}

async function rollout(kubectl: Kubectl, open: Open, signal: AbortSignal): Promise<void> {
  const { workload, abort } = open;
  if (!rolledOut.has(String(workload.kind))) return;
  const { ok, errors } = await kubectl(
    ['rollout', 'status', referenceOf(workload), ...namespaceOf(workload), `--timeout=${patience}`],
    AbortSignal.any([abort.signal, signal]),
  );
  if (ok) {
    open.state = 'running';
    open.troubles = [];
  } else if (open.state === 'waiting' && !signal.aborted && !abort.signal.aborted) {
    open.state = 'failing';
    open.givenUp = errors.trim().split('\n').at(-1) ?? '';
  }
}

/** Looks at the pods of all that is open, in each namespace once. */
async function look(kubectl: Kubectl, all: readonly Open[], signal: AbortSignal): Promise<void> {
  const open = all.filter(({ state }) => state === 'waiting');
  for (const namespace of new Set(open.map(({ workload }) => textAt(workload, 'metadata', 'namespace')))) {
    const here = open.filter(({ workload }) => textAt(workload, 'metadata', 'namespace') === namespace);
    const at = namespace === '' ? [] : [`--namespace=${namespace}`];
    const [things, events] = await Promise.all([
      kubectl(['get', 'pods,deployments,jobs', ...at, '--output=json'], signal),
      kubectl(['get', 'events', ...at, '--field-selector=type=Warning', '--output=json'], signal),
    ]);
    const objects = objectsIn(things.output);
    for (const each of here) if (things.ok) judge(each, objects, objectsIn(events.output));
  }
}

function judge(open: Open, objects: readonly LiveObject[], events: readonly LiveObject[]): void {
  // Its rollout may have ended meanwhile.
  if (open.state !== 'waiting') return;
  open.troubles = troublesOf(open.workload, objects, events);
  const keys = open.troubles.map(({ pod, container = '', reason }) => `${pod}/${container}/${reason}`);
  for (const key of open.seen.keys()) if (!keys.includes(key)) open.seen.delete(key);
  for (const key of keys) open.seen.set(key, (open.seen.get(key) ?? 0) + 1);
  const isLasting = open.troubles.some(
    (trouble, index) => (open.seen.get(keys[index] ?? '') ?? 0) >= trouble.patience,
  );
  const job = open.workload.kind === 'Job' ? jobState(open.workload, objects) : 'waiting';
  if (job === 'running') open.troubles = [];
  open.state = job === 'waiting' && isLasting ? 'failing' : job;
  if (open.state !== 'waiting') open.abort.abort();
}

/** A Job is as far as it is waited for when its program runs. */
function jobState(workload: LiveObject, objects: readonly LiveObject[]): Followed['state'] {
  const now = objects.find((each) => identityOf(each) === identityOf(workload)) ?? workload;
  const conditions = listAt(now, 'status', 'conditions').filter(({ status }) => status === 'True');
  if (conditions.some(({ type }) => type === 'Failed')) return 'failing';
  if (numberAt(now, 'status', 'succeeded') > 0 || conditions.some(({ type }) => type === 'Complete'))
    return 'running';
  const runs = podsOf(now, objects).some((pod) =>
    listAt(pod, 'status', 'containerStatuses').some(
      (status) => textAt(status, 'state', 'running', 'startedAt') !== '',
    ),
  );
  return runs ? 'running' : 'waiting';
}

async function linesOf(kubectl: Kubectl, open: Open, signal: AbortSignal): Promise<readonly string[]> {
  const crash = open.troubles.find(({ reason }) => reason === 'CrashLoopBackOff');
  if (crash === undefined) return [];
  const { output } = await kubectl(
    [
      'logs',
      crash.pod,
      `--container=${crash.container ?? ''}`,
      ...namespaceOf(open.workload),
      '--previous',
      `--tail=${printedLines}`,
    ],
    signal,
  );
  return output.split('\n').filter((line) => line.trim() !== '');
}

function followedOf({ workload, state, troubles, givenUp }: Open, lines: readonly string[]): Followed {
  return { kind: String(workload.kind), name: nameOf(workload), state, troubles, lines, givenUp };
}

function referenceOf(workload: LiveObject): string {
  return `${String(workload.kind).toLowerCase()}/${nameOf(workload)}`;
}

function namespaceOf(workload: LiveObject): readonly string[] {
  const namespace = textAt(workload, 'metadata', 'namespace');
  return namespace === '' ? [] : [`--namespace=${namespace}`];
}

import type { ContainerSummary } from '../api/engine-objects.ts';
import { isOneOff } from '../project/labels.ts';
import type { Loop } from './crash-history.ts';
import type { Pasts } from './crash-watch.ts';
import { isLive } from '../api/is-live.ts';
import { type Doing, listedState, type State, worstOf } from './states.ts';
import { doingOf, isMeant, type UnderWay } from './under-way.ts';

/** What holds for everything on one engine. */
export interface Knowledge extends Pasts {
  /** Whether what is known is true now: not while there is no connection. */
  readonly isFresh: boolean;
  /** Until when it was; `undefined` while it is, or when the engine has never been seen. Unix time, ms. */
  readonly lastSeen: number | undefined;
}

/** What a service's files say. */
export interface Wanted {
  readonly replicas: number;
  /** It is meant to end: others wait until it has. */
  readonly isOneShot: boolean;
  /** A profile leaves it out. */
  readonly isOff: boolean;
}

export interface ServiceFacts {
  readonly name: string;
  /** Absent for an orphan, or when there are no files. */
  readonly wanted: Wanted | undefined;
  readonly containers: readonly ContainerSummary[];
  /** Some container was made from other settings than the files have now. */
  readonly isOutdated: boolean;
}

export interface ContainerView {
  readonly container: ContainerSummary;
  readonly state: State;
  /** {@link state} without what is being done to it. */
  readonly observed: State;
  /** Made by `run`: it is none of the replicas. */
  readonly isOneOff: boolean;
  /** Of its last end, where that says something. */
  readonly exitCode: number | undefined;
  readonly loop: Loop | undefined;
  readonly lastSeen: number | undefined;
}

/** What can be done now, by its nature and because somebody is there to do it. */
export interface Abilities {
  readonly up: boolean;
  readonly start: boolean;
  readonly stop: boolean;
  readonly restart: boolean;
  readonly logs: boolean;
  readonly shell: boolean;
}

export interface ServiceView {
  readonly state: State;
  /** {@link state} without what is being done to it. */
  readonly observed: State;
  readonly doing: Doing | undefined;
  /** Replicas that run, and how many there are or should be; one-off containers are not among them, unless the files have no such service and there is nothing else, as of a job. */
  readonly running: number;
  readonly wanted: number;
  /** One-off containers that run. */
  readonly oneOffs: number;
  readonly exitCode: number | undefined;
  readonly loop: Loop | undefined;
  /** Whether this is so now: not while there is no connection. */
  readonly isFresh: boolean;
  /** Until when it was known what it is doing; `undefined` while that is known, or never was. */
  readonly lastSeen: number | undefined;
  /** In the order of the facts. */
  readonly containers: readonly ContainerView[];
  readonly can: Abilities;
}

/** What a service is, from what its files want, what the engine has, what is under way and how fresh that is. Everything that is shown of it comes from here. */
export function serviceView(
  facts: ServiceFacts,
  knowledge: Knowledge,
  operations: readonly UnderWay[],
): ServiceView {
  const { name, wanted: declared } = facts;
  const known = facts.containers.map((container) => containerView(container, declared, knowledge));
  // Of a job there is nothing but what `run` made.
  const isRunOnly = declared === undefined && known.every((each) => each.isOneOff);
  const replicas = known.filter((each) => isRunOnly || !each.isOneOff);
  const running = replicas.filter(({ container }) => isLive(container)).length;
  const wanted = Math.max(declared?.isOff === true ? 0 : (declared?.replicas ?? 0), replicas.length);
  const observed = observedState(replicas, running, wanted, declared, knowledge);
  const doing = knowledge.isFresh
    ? doingOf(name, operations, {
        observed,
        live: running,
        wanted,
        containers: known.length,
        isOutdated: facts.isOutdated,
      })
    : undefined;
  const worst = replicas.find(({ state }) => state === observed);
  return {
    state: doing ?? observed,
    observed,
    doing,
    running,
    wanted,
    oneOffs: knowledge.isFresh ? known.filter((each) => each.isOneOff && isLive(each.container)).length : 0,
    exitCode: worst?.exitCode,
    loop: worst?.loop,
    isFresh: knowledge.isFresh,
    lastSeen: knowledge.isFresh ? undefined : knowledge.lastSeen,
    containers: known.map((each) =>
      doing !== undefined && isTouched(each, name, doing, operations) ? { ...each, state: doing } : each,
    ),
    can: abilities(known, declared, knowledge),
  };
}

function containerView(
  container: ContainerSummary,
  wanted: Wanted | undefined,
  { isFresh, lastSeen, loops, done }: Knowledge,
): ContainerView {
  const oneOff = isOneOff(container.labels);
  const loop = container.state === 'exited' ? undefined : loops.get(container.id);
  const exitCode = loop?.exitCode ?? container.exitCode;
  const as = (state: State): ContainerView => ({
    container,
    state,
    observed: state,
    isOneOff: oneOff,
    exitCode,
    loop,
    lastSeen: isFresh ? undefined : lastSeen,
  });
  if (!isFresh) return as('unknown');
  // One that ends well and is started again does what it was told to.
  if (loop !== undefined) return as(loop.exitCode === 0 ? 'restarting' : 'crash-loop');
  const listed = listedState(container);
  const isDone =
    listed === 'exited' &&
    (container.exitCode ?? 0) === 0 &&
    (done.has(container.id) || wanted?.isOneShot === true || oneOff);
  return as(isDone ? 'done' : listed);
}

function observedState(
  replicas: readonly ContainerView[],
  running: number,
  wanted: number,
  declared: Wanted | undefined,
  { isFresh, lastSeen }: Knowledge,
): State {
  if (replicas.length === 0 && (declared?.isOff === true || declared?.replicas === 0)) return 'off';
  // Before anything was seen there is nothing to be uncertain of.
  if (!isFresh) return lastSeen === undefined && replicas.length === 0 ? 'absent' : 'unknown';
  const worst = worstOf(replicas.map(({ state }) => state));
  const some = running > 0 && running < wanted;
  return some && (worst === 'running' || worst === 'healthy' || worst === 'exited' || worst === 'done')
    ? 'partial'
    : worst;
}

/** A container shows what is done to its service if it is meant, and if that changes something for it. */
function isTouched(
  { container, isOneOff: oneOff }: ContainerView,
  service: string,
  doing: Doing,
  operations: readonly UnderWay[],
): boolean {
  const operation = operations.findLast((each) => isMeant(each, service, container.id));
  if (operation === undefined) return false;
  if (oneOff && operation.containers === undefined && operation.doing !== 'removing') return false;
  if (doing === 'starting') return !isLive(container);
  if (doing === 'stopping' || doing === 'pausing') return isLive(container);
  return doing !== 'pulling' && doing !== 'building';
}

function abilities(
  known: readonly ContainerView[],
  declared: Wanted | undefined,
  { isFresh }: Knowledge,
): Abilities {
  const live = known.filter(({ container }) => isLive(container));
  return {
    up: isFresh && declared !== undefined,
    start: isFresh && known.some((each) => !each.isOneOff && !isLive(each.container)),
    stop: isFresh && live.length > 0,
    restart: isFresh && known.length > 0,
    logs: isFresh && known.length > 0,
    shell: isFresh && live.some(({ loop }) => loop === undefined),
  };
}

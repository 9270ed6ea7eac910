import type { Abilities, Knowledge, ServiceView, Wanted } from './service-view.ts';
import { type Doing, isTrouble, type State, worstOf } from './states.ts';
import { doingOfProject, type UnderWay } from './under-way.ts';

export interface ProjectFacts {
  /** There is something of it on the engine. */
  readonly isPresent: boolean;
  readonly services: readonly {
    readonly name: string;
    readonly wanted: Wanted | undefined;
    readonly view: ServiceView;
  }[];
  /** What an Up that came to no end was to start; `undefined`: there was none. Empty: everything. */
  readonly interrupted: readonly string[] | undefined;
}

export interface ProjectView {
  readonly state: State;
  readonly doing: Doing | undefined;
  /** Services of which all replicas run, of those that are to run; what is done for is counted apart. */
  readonly running: number;
  readonly meant: number;
  readonly done: number;
  readonly unhealthy: number;
  readonly crashed: number;
  readonly looping: number;
  /** Whether this is so now: not while there is no connection. */
  readonly isFresh: boolean;
  readonly lastSeen: number | undefined;
  /** The services that an interrupted Up did not start. */
  readonly notStarted: readonly string[];
  readonly can: Abilities;
}

/** What a project is: what its services are, taken together. */
export function projectView(
  { isPresent, services, interrupted }: ProjectFacts,
  { isFresh, lastSeen }: Knowledge,
  operations: readonly UnderWay[],
): ProjectView {
  const views = services.map(({ view }) => view);
  const meant = services.filter(({ view }) => view.observed !== 'off');
  const done = meant.filter(({ view }) => view.observed === 'done');
  const toRun = meant.filter(({ view }) => view.observed !== 'done');
  const complete = toRun.filter(({ view }) => view.running > 0 && isComplete(view));
  const count = (state: State) => views.filter(({ observed }) => observed === state).length;
  const doing = isFresh ? doingOfProject(operations) : undefined;
  const can = (ability: keyof Abilities) => views.some((view) => view.can[ability]);
  return {
    state:
      doing ??
      observedState(views, isFresh, isPresent, { lastSeen, complete: complete.length, of: toRun.length }),
    doing,
    running: complete.length,
    meant: toRun.length,
    done: done.length,
    unhealthy: count('unhealthy'),
    crashed: count('failed') + count('dead'),
    looping: count('crash-loop'),
    isFresh,
    lastSeen: isFresh ? undefined : lastSeen,
    notStarted: isFresh && doing === undefined ? notStarted(services, interrupted) : [],
    can: {
      up: can('up') || (isFresh && services.some(({ wanted }) => wanted !== undefined)),
      start: can('start'),
      stop: can('stop'),
      restart: can('restart'),
      logs: can('logs'),
      shell: can('shell'),
    },
  };
}

/** All replicas run, and none of them crashes over and over. */
function isComplete({ running, wanted, observed }: ServiceView): boolean {
  return running >= wanted && observed !== 'crash-loop' && observed !== 'unknown';
}

function observedState(
  views: readonly ServiceView[],
  isFresh: boolean,
  isPresent: boolean,
  { lastSeen, complete, of }: { lastSeen: number | undefined; complete: number; of: number },
): State {
  if (!isFresh) return isPresent || lastSeen !== undefined ? 'unknown' : 'absent';
  const states = views.map(({ observed }) => observed);
  const trouble = worstOf(states.filter(isTrouble));
  if (trouble !== 'absent') return trouble;
  if (of > 0 && complete === of) return 'running';
  if (views.some(({ running }) => running > 0)) return 'partial';
  if (states.some((state) => state === 'exited' || state === 'created')) return 'exited';
  return states.includes('done') ? 'done' : 'absent';
}

function notStarted(
  services: ProjectFacts['services'],
  interrupted: readonly string[] | undefined,
): readonly string[] {
  if (interrupted === undefined) return [];
  return services
    .filter(({ name, wanted, view }) => {
      const asked = interrupted.length === 0 || interrupted.includes(name);
      return (
        asked &&
        wanted !== undefined &&
        !wanted.isOff &&
        view.observed !== 'done' &&
        view.running < view.wanted
      );
    })
    .map(({ name }) => name);
}

import type { Doing, State } from './states.ts';

/** One operation on a project that was asked for and is not over. */
export interface UnderWay {
  readonly doing: Doing;
  /** Named by whoever asked; `undefined`: all. */
  readonly services: readonly string[] | undefined;
  /** Taken in because others need them. */
  readonly along: readonly string[];
  /** Just these containers, by id; `undefined`: all of the services'. */
  readonly containers: readonly string[] | undefined;
  /** Where it is with a service, as far as it has said so. */
  readonly phases: ReadonlyMap<string, Phase>;
}

/** `done`: the operation has nothing more to do with the service. */
export type Phase = Doing | 'done';

/** How far a service is, for telling whether what was asked has been reached. */
export interface Reached {
  readonly observed: State;
  readonly live: number;
  readonly wanted: number;
  readonly containers: number;
  /** Made from other settings than the files have now. */
  readonly isOutdated: boolean;
}

/**
 * What is being done to a service; `undefined`: nothing, or it has had its effect already. What was asked for last counts.
 * It holds until the engine shows the effect, so that no row falls back to what was before.
 */
export function doingOf(
  service: string,
  operations: readonly UnderWay[],
  reached: Reached,
): Doing | undefined {
  for (const operation of [...operations].reverse()) {
    const doing = doingIn(service, operation, reached);
    if (doing !== undefined) return doing;
  }
  return undefined;
}

/** The same of one container. */
export function isMeant(operation: UnderWay, service: string, container: string): boolean {
  return covers(operation, service) && (operation.containers?.includes(container) ?? true);
}

/** What is being done to a project as a whole: that of the operation asked for last. */
export function doingOfProject(operations: readonly UnderWay[]): Doing | undefined {
  return operations.at(-1)?.doing;
}

function doingIn(service: string, operation: UnderWay, reached: Reached): Doing | undefined {
  if (!covers(operation, service)) return undefined;
  const { doing, services, phases } = operation;
  const phase = phases.get(service);
  if (phase !== undefined && phase !== 'done') return phase;
  const isOver = phase === 'done' || services?.includes(service) !== true;
  if (isOver && hasEffect(doing, reached)) return undefined;
  if (phase === 'done' && !lags(doing)) return undefined;
  // Containers are stopped before they are removed.
  return doing === 'removing' && reached.live > 0 ? 'stopping' : doing;
}

function covers({ services, along }: UnderWay, service: string): boolean {
  return services === undefined || services.includes(service) || along.includes(service);
}

/** Whether the engine shows the effect a moment after the operation has said that it is done. */
function lags(doing: Doing): boolean {
  return doing !== 'pulling' && doing !== 'building';
}

function hasEffect(doing: Doing, { observed, live, wanted, containers, isOutdated }: Reached): boolean {
  switch (doing) {
    case 'starting':
    case 'restarting':
    case 'recreating':
      return (live >= wanted || observed === 'done' || observed === 'failed') && !isOutdated;
    case 'stopping':
      return live === 0;
    case 'removing':
      return containers === 0;
    case 'pausing':
      return observed === 'paused';
    case 'pulling':
    case 'building':
      return false;
  }
}

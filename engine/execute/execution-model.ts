import type { Service } from '#compose/model/project.ts';
import type { Mutex } from './mutex.ts';
import type { ObservedState, ObservedSurroundings } from '../observe/observe.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { Report } from '../observe/progress.ts';
import type { Desired } from '../plan/reconcile/reconcile-context.ts';
import type { LiveContainers } from './live-containers.ts';

/** The model that a plan was made from; a plan that only stops and removes needs none. */
export interface ExecutionModel {
  readonly desired?: Desired;
  /** For hooks, where there is no `desired`. */
  readonly services?: Readonly<Record<string, Service>>;
  readonly surroundings?: Pick<ObservedSurroundings, 'images'>;
  readonly observed?: ObservedState;
  /** Calls to the engine under way at once; absent: a dozen. Waiting for a condition does not count. */
  readonly parallel?: number;
  /** Lines that hooks write, named after the container. */
  readonly hookOutput?: (container: string, line: string) => void;
}

/** What every step needs at hand. */
export interface StepContext {
  readonly engine: EnginePort;
  readonly model: ExecutionModel;
  readonly live: LiveContainers;
  /** Host ports are picked by the engine without a lock of its own: such starts happen one at a time. */
  readonly portPicking: Mutex;
  readonly report: Report;
}

/** The service a step is about; a plan that needs it is made from a model that has it. */
export function serviceOf(context: StepContext, name: string): Service {
  const { desired, services } = context.model;
  return (desired?.services ?? services)?.[name] ?? missing(`service ${name}`);
}

export function desiredOf(context: StepContext): Desired {
  return context.model.desired ?? missing('model');
}

function missing(what: string): never {
  throw new TypeError(`the plan needs a ${what} that it was not given`);
}

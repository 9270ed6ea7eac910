import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { type Message, say } from '../api/message.ts';
import { execute } from '../execute/execute.ts';
import { composeHashes } from '../project/hashes.ts';
import { knownServices } from '../observe/known-services.ts';
import {
  type LifecycleOptions,
  planEach,
  planRestart,
  planStartOnly,
  planStop,
  runs,
  selectKnown,
} from './lifecycle-plans.ts';
import { type ObservedState, observe } from '../observe/observe.ts';
import { existing, type Plan } from '../plan/plan.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { Report } from '../observe/progress.ts';
import { queued } from '../execute/project-queue.ts';
import type { Desired } from '../plan/reconcile/reconcile-context.ts';
import type { ProjectTarget } from '../project/project-target.ts';
import type { ProviderRunner } from '../providers/run-provider.ts';
import { desiredOf } from './up.ts';
import { stopProvided } from './with-providers.ts';

/**
 * What can be done to containers that exist, as Docker Compose's commands of the same names do it. Each waits for operations under way on the same
 * project, returns the plan it carried out, and rejects with `EngineError`; a second call continues where a failed one stopped.
 */
type Operation<O = LifecycleOptions> = (
  engine: EnginePort,
  target: ProjectTarget,
  options: O & Execution,
  report: Report,
  signal: AbortSignal,
) => Promise<Plan>;

export interface Execution {
  readonly hookOutput?: (container: string, line: string) => void;
  /** Only return the plan. */
  readonly planOnly?: boolean;
}

/** Dependencies are started too, and their conditions waited for. Rejects when there is nothing that could be started. */
export const start: Operation<
  LifecycleOptions & {
    /** Afterwards wait for every service to be running or healthy; `timeout` in seconds. */
    readonly wait?: { readonly timeout?: number };
  }
> = (engine, target, options, report, signal) =>
  carryOut(engine, target, options, report, signal, (observed) => {
    const desired = desiredFor(target, observed, options.services);
    if (observed.containers.length === 0) {
      const name = Object.keys(desired.services)[0] ?? target.name;
      throw new EngineError('not-found', say`service "${name}" has no container to start`, { subject: name });
    }
    return { plan: planStartOnly(desired, observed, engine.info, options.wait), desired };
  });

/** Providers come after the containers, those of them that know how to stop. */
export const stop: Operation<LifecycleOptions & Providers> = (engine, target, options, report, signal) =>
  queued(engine.info.endpoint, target.name, signal, async () => {
    const plan = await carryOutNow(engine, target, options, report, signal, (observed) => ({
      plan: planStop(target, observed, options),
    }));
    const { providers, services = [], onWarning, planOnly } = options;
    if (target.loaded !== undefined && providers !== undefined && planOnly !== true)
      await stopProvided(target.loaded, providers, { services, onWarning }, report, signal);
    return plan;
  });

export interface Providers {
  /** Runs the programs of services with a `provider`; absent: they are left alone. */
  readonly providers?: ProviderRunner | undefined;
  readonly onWarning?: (warning: Message) => void;
}

export const restart: Operation<LifecycleOptions & { readonly noDeps?: boolean }> = (
  engine,
  target,
  options,
  report,
  signal,
) =>
  carryOut(engine, target, options, report, signal, (observed) => ({
    plan: planRestart(target, observed, options),
  }));

export const pause: Operation = (engine, target, options, report, signal) =>
  carryOut(engine, target, options, report, signal, (observed) => ({
    plan: planEach(
      target,
      observed,
      options,
      (container) => container.state === 'running',
      (container, service) => ({ kind: 'pause-container', container: existing(container, service) }),
      'pausing',
    ),
  }));

export const unpause: Operation = (engine, target, options, report, signal) =>
  carryOut(engine, target, options, report, signal, (observed) => ({
    plan: planEach(
      target,
      observed,
      options,
      (container) => container.state === 'paused',
      (container, service) => ({ kind: 'unpause-container', container: existing(container, service) }),
      'unpausing',
    ),
  }));

/**
 * `signal` is the signal's name; absent: SIGKILL. Containers of `run` are killed too. It waits for nothing under way: it is how to end what takes too long.
 */
export const kill: Operation<LifecycleOptions & { readonly signal?: string }> = (
  engine,
  target,
  options,
  report,
  signal,
) =>
  carryOutNow(engine, target, options, report, signal, (observed) => ({
    plan: planEach(
      target,
      observed,
      { ...options, includeOneOffs: true },
      runs,
      (container, service) => ({
        kind: 'kill-container',
        container: existing(container, service),
        ...(options.signal !== undefined && { signal: options.signal }),
      }),
      'killing',
    ),
  }));

/** Removes containers that do not run; with `stop`, stops them first. `volumes`: their anonymous volumes too. */
export const remove: Operation<
  LifecycleOptions & { readonly stop?: boolean; readonly volumes?: boolean; readonly confirm?: Confirm }
> = async (engine, target, options, report, signal) => {
  if (options.stop === true && options.planOnly !== true) await stop(engine, target, options, report, signal);
  return carryOut(engine, target, options, report, signal, async (observed) => {
    const plan = planEach(
      target,
      observed,
      options,
      (container) => !runs(container),
      (container, service) => ({
        kind: 'remove-container',
        container: existing(container, service),
        volumes: options.volumes === true,
        force: true,
      }),
      'removal',
    );
    const names = plan.nodes.flatMap(({ operation }) =>
      operation.kind === 'remove-container' ? [operation.container.name] : [],
    );
    const agreed = names.length === 0 || ((await options.confirm?.(names)) ?? true);
    return { plan: agreed ? plan : { ...plan, nodes: [] } };
  });
};

/** Told the names of the containers that would go. */
export type Confirm = (names: readonly string[]) => Promise<boolean>;

interface Prepared {
  readonly plan: Plan;
  readonly desired?: Desired;
}

function carryOut(...call: Parameters<typeof carryOutNow>): Promise<Plan> {
  const [engine, target, , , signal] = call;
  return queued(engine.info.endpoint, target.name, signal, () => carryOutNow(...call));
}

async function carryOutNow(
  engine: EnginePort,
  target: ProjectTarget,
  options: Execution,
  report: Report,
  signal: AbortSignal,
  prepare: (observed: ObservedState) => Prepared | Promise<Prepared>,
): Promise<Plan> {
  const observed = await observe(engine, target.name, signal);
  const { plan, desired } = await prepare(observed);
  if (options.planOnly === true) return plan;
  const services = target.loaded?.project.services;
  await execute(
    engine,
    plan,
    {
      observed,
      ...(desired !== undefined && { desired }),
      ...(services !== undefined && { services }),
      ...(options.hookOutput !== undefined && { hookOutput: options.hookOutput }),
    },
    report,
    signal,
  );
  return plan;
}

/** Of a project without files: as much of a model as starting it takes. */
function desiredFor(
  target: ProjectTarget,
  observed: ObservedState,
  services: readonly string[] | undefined,
): Desired {
  if (target.loaded !== undefined) return desiredOf(target.loaded, { services: services ?? [] });
  const known = knownServices(target, observed);
  const selected: Readonly<Record<string, Service>> = selectKnown(known, target.name, services);
  return {
    project: { name: target.name, services: known.services },
    services: selected,
    declared: new Set(known.names),
    origin: { workingDirectory: '', files: [], envFiles: [] },
    hashes: composeHashes,
    readText: () => '',
    environment: {},
  };
}

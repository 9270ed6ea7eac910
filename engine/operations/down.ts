import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { type Message, say } from '../api/message.ts';
import { execute } from '../execute/execute.ts';
import { closure } from '../project/service-graph.ts';
import { knownServices } from '../observe/known-services.ts';
import { isOneOff, label } from '../project/labels.ts';
import { type ObservedState, observe } from '../observe/observe.ts';
import type { PlanWarning } from '../plan/plan-warning.ts';
import { warningMessage } from '../plan/plan-words.ts';
import { existing, type Plan, type PlanBuilder, planBuilder } from '../plan/plan.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerSummary, ImageDetails } from '../api/engine-objects.ts';
import type { Report } from '../observe/progress.ts';
import { queued } from '../execute/project-queue.ts';
import type { ProviderRunner } from '../providers/run-provider.ts';
import { removeProvided } from './with-providers.ts';
import type { ProjectTarget } from '../project/project-target.ts';
import { splitReference } from '#compose/values/image-reference.ts';

/** The options of `docker compose down`. */
export interface DownOptions {
  /** Only these, and the services that depend on them. */
  readonly services?: readonly string[];
  /** Also named volumes (not external ones), and anonymous ones. */
  readonly volumes?: boolean;
  readonly removeOrphans?: boolean;
  /** Seconds to wait for each container to stop; absent: its own. */
  readonly timeout?: number;
  /** `all`: every image the services use; `local`: those that were built here without a name of their own. */
  readonly rmi?: 'all' | 'local';
  /** Runs the programs of services with a `provider`; absent: they are left alone. */
  readonly providers?: ProviderRunner;
  /** Calls to the engine under way at once. */
  readonly parallel?: number;
  readonly hookOutput?: (container: string, line: string) => void;
  readonly onWarning?: (warning: Message) => void;
}

/**
 * Stops and removes a project's containers, dependents first, then its networks and, where asked for, volumes and images. What is not the project's is
 * not touched; what is still in use by others is left, with a warning. Waits its turn. Rejects with `EngineError`.
 */
export function down(
  engine: EnginePort,
  target: ProjectTarget,
  options: DownOptions,
  report: Report,
  signal: AbortSignal,
): Promise<Plan> {
  return queued(engine.info.endpoint, target.name, signal, async () => {
    const world = await observeForDown(engine, target, options, signal);
    const plan = planDown(target, world, options);
    for (const warning of plan.warnings) options.onWarning?.(warningMessage(warning));
    await execute(
      engine,
      plan,
      {
        observed: world.observed,
        ...(target.loaded !== undefined && { services: target.loaded.project.services }),
        ...(options.parallel !== undefined && { parallel: options.parallel }),
        ...(options.hookOutput !== undefined && { hookOutput: options.hookOutput }),
      },
      report,
      signal,
    );
    if (target.loaded !== undefined && options.providers !== undefined)
      await removeProvided(target.loaded, options.providers, options.services ?? [], report, signal);
    return plan;
  });
}

/** What {@link down} needs to know. */
export interface DownWorld {
  readonly observed: ObservedState;
  /** Containers that hooks left behind. */
  readonly hooks: readonly ContainerSummary[];
  /** Built for this project, by label. */
  readonly builtImages: readonly ImageDetails[];
}

export async function observeForDown(
  engine: EnginePort,
  target: ProjectTarget,
  options: DownOptions,
  signal: AbortSignal,
): Promise<DownWorld> {
  const project = `${label.project}=${target.name}`;
  const [observed, hooks, builtImages] = await Promise.all([
    observe(engine, target.name, signal),
    engine.listContainers({ labels: [project, label.hook], all: true }, signal),
    options.rmi === undefined ? [] : engine.listImages({ labels: [project] }, signal),
  ]);
  return { observed, hooks, builtImages };
}

/** Pure. */
export function planDown(target: ProjectTarget, world: DownWorld, options: DownOptions): Plan {
  const { observed } = world;
  const plan = planBuilder();
  const warnings: PlanWarning[] = [];
  const known = knownServices(target, observed);
  const wanted = servicesToRemove(target, known.names, options.services ?? []);
  if (wanted === undefined) return { project: target.name, nodes: [], warnings, upToDate: [] };
  const services = wanted.length === 0 ? new Set(known.names) : closure(known.graph, wanted, 'dependents');

  const removals = new Map<string, readonly number[]>();
  for (const name of [...known.graph.order].reverse()) {
    if (!services.has(name)) continue;
    const dependents = known.graph.dependents(name).flatMap((other) => removals.get(other) ?? []);
    const containers = known
      .containersOf(name)
      .filter((container) => options.removeOrphans === true || !isOneOff(container.labels));
    const definition = known.services[name];
    const nodes = containers.map((container) =>
      removeContainer(plan, container, definition, dependents, options),
    );
    removals.set(name, nodes.length === 0 ? dependents : nodes);
  }
  if (options.removeOrphans === true) {
    const orphans = orphansOf(target, observed, known.names);
    removals.set(
      '',
      orphans.map((container) =>
        removeContainer(plan, container, undefined, [], { ...options, volumes: false }),
      ),
    );
  }
  for (const hook of world.hooks) {
    const service = hook.labels[label.service] ?? '';
    if (wanted.length > 0 && !services.has(service)) continue;
    const node = plan.add(
      { kind: 'remove-container', container: existing(hook, service), volumes: true, force: true },
      { kind: 'left-by-hook' },
    );
    removals.set(`hook ${hook.id}`, [node]);
  }
  const containersGone = [...removals.values()].flat();
  removeNetworks(plan, target, observed, containersGone);
  if (options.volumes === true) removeVolumes(plan, target, observed, containersGone);
  if (options.rmi !== undefined) removeImages(plan, target, world, options.rmi, containersGone);

  if (plan.nodes.length === 0) warnings.push({ kind: 'nothing-to-remove', project: target.name });
  return { project: target.name, nodes: plan.nodes, warnings, upToDate: [] };
}

/** `undefined`: services were named, but none of them is there (only possible without files). */
function servicesToRemove(
  target: ProjectTarget,
  known: readonly string[],
  requested: readonly string[],
): readonly string[] | undefined {
  const found = requested.filter((name) => known.includes(name));
  const unknown = requested.find((name) => !known.includes(name));
  if (unknown !== undefined && target.loaded !== undefined) {
    throw new EngineError('not-found', say`no such service: ${unknown}`, { subject: unknown });
  }
  return requested.length > 0 && found.length === 0 ? undefined : found;
}

function removeContainer(
  plan: PlanBuilder,
  container: ContainerSummary,
  service: Service | undefined,
  after: readonly number[],
  options: DownOptions,
): number {
  const ref = existing(container, container.labels[label.service] ?? '');
  let last = after;
  if (container.state !== 'exited' && container.state !== 'created' && container.state !== 'dead') {
    const hooks = container.state === 'running' ? (service?.pre_stop ?? []) : [];
    for (const [index] of hooks.entries()) {
      last = [
        plan.add(
          { kind: 'run-hook', phase: 'pre_stop', index, container: ref },
          { kind: 'hook', phase: 'pre_stop' },
          last,
        ),
      ];
    }
    const timeout = options.timeout === undefined ? {} : { timeout: options.timeout };
    last = [plan.add({ kind: 'stop-container', container: ref, ...timeout }, { kind: 'project-down' }, last)];
  }
  const volumes = options.volumes === true;
  return plan.add(
    { kind: 'remove-container', container: ref, volumes, force: true },
    { kind: 'project-down' },
    last,
    volumes && hasAnonymousVolumes(container) ? { destroys: { kind: 'anonymous-volume-data' } } : {},
  );
}

function orphansOf(
  target: ProjectTarget,
  observed: ObservedState,
  known: readonly string[],
): readonly ContainerSummary[] {
  const declared = new Set([...known, ...Object.keys(target.loaded?.disabled ?? {})]);
  return observed.containers.filter((container) => !declared.has(container.labels[label.service] ?? ''));
}

/** The declared ones under their own names or, without files, all that carry the project's label. */
function removeNetworks(
  plan: PlanBuilder,
  target: ProjectTarget,
  observed: ObservedState,
  after: readonly number[],
): void {
  const declared = target.loaded?.project.networks;
  for (const network of observed.networks) {
    const wanted = declared?.[network.labels[label.network] ?? ''];
    if (
      target.loaded !== undefined &&
      (wanted === undefined || wanted.external === true || wanted.name !== network.name)
    ) {
      continue;
    }
    plan.add(
      { kind: 'remove-network', id: network.id, name: network.name, tolerant: true },
      { kind: 'project-down' },
      after,
    );
  }
}

function removeVolumes(
  plan: PlanBuilder,
  target: ProjectTarget,
  observed: ObservedState,
  after: readonly number[],
): void {
  const declared = target.loaded?.project.volumes;
  for (const volume of observed.volumes) {
    const wanted = declared?.[volume.labels[label.volume] ?? ''];
    if (
      target.loaded !== undefined &&
      (wanted === undefined || wanted.external === true || wanted.name !== volume.name)
    ) {
      continue;
    }
    plan.add(
      { kind: 'remove-volume', name: volume.name, tolerant: true },
      { kind: 'asked-for', what: 'removal' },
      after,
      {
        destroys: { kind: 'volume-data', volume: volume.name },
      },
    );
  }
}

function removeImages(
  plan: PlanBuilder,
  target: ProjectTarget,
  { builtImages, observed }: DownWorld,
  mode: 'all' | 'local',
  after: readonly number[],
): void {
  const services = Object.entries(target.loaded?.project.services ?? {});
  const references = new Set<string>();
  for (const image of builtImages) for (const tag of image.tags) references.add(tag);
  for (const [name, service] of services) {
    if (service.image === undefined) references.add(`${target.name}-${name}`);
    else if (mode === 'all') references.add(service.image);
  }
  if (mode === 'all' && target.loaded === undefined) {
    for (const container of observed.containers) references.add(container.image);
  }
  const normalised = new Set([...references].map(withoutDefaultTag));
  for (const reference of [...normalised].sort()) {
    plan.add({ kind: 'remove-image', reference }, { kind: 'asked-for', what: 'removal' }, after);
  }
}

/** A tag that is listed with and without `:latest` is one image. */
function withoutDefaultTag(reference: string): string {
  const { name, tag, digest } = splitReference(reference);
  return tag === 'latest' && digest === undefined ? name : reference;
}

function hasAnonymousVolumes(container: ContainerSummary): boolean {
  return container.mounts.some((mount) => mount.type === 'volume' && /^[0-9a-f]{64}$/.test(mount.name ?? ''));
}

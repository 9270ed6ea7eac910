import type { Project, Service } from '#compose/model/project.ts';
import { type ServiceGraph, serviceGraph } from '../../project/service-graph.ts';
import type { Hashes } from '../../project/hashes.ts';
import { containerNumber, isOneOff, label } from '../../project/labels.ts';
import type { ObservedState, ObservedSurroundings } from '../../observe/observe.ts';
import { type ContainerRef, existing, type PlanBuilder, planBuilder } from '../plan.ts';
import type { ContainerSummary, EngineInfo } from '../../api/engine-objects.ts';
import type { Cause } from '../cause.ts';
import type { PlanWarning } from '../plan-warning.ts';
import type { ContainerOf } from '../../project/service-references.ts';
import type { ProjectOrigin } from '../requests/container-request.ts';
import type { ReadText } from '../requests/security-options.ts';

/** What is wanted. */
export interface Desired {
  readonly project: Project;
  /** The services to bring about, replica counts applied. Others of the project are left as they are. */
  readonly services: Readonly<Record<string, Service>>;
  /** The one of these that is run for once: its networks and volumes are wanted, its containers are left as they are. */
  readonly oneOff?: string;
  /** Every service the files declare, enabled or not: containers of any other service are orphans. */
  readonly declared: ReadonlySet<string>;
  readonly origin: ProjectOrigin;
  readonly hashes: Hashes;
  readonly readText: ReadText;
  /** The variables that secrets and configs with `environment:` are taken from. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What there is. */
export interface World {
  readonly observed: ObservedState;
  readonly surroundings: ObservedSurroundings;
  readonly info: EngineInfo;
}

export type RecreatePolicy = 'diverged' | 'force' | 'never';

export interface ReconcileOptions {
  /** Services named by the user; empty: all. The policy `recreate` is for them, `recreateDependencies` for the others. */
  readonly targets: readonly string[];
  readonly recreate: RecreatePolicy;
  readonly recreateDependencies: RecreatePolicy;
  /** Under `force`, the containers it is about, by id; absent: all. Others are replaced where they differ. */
  readonly recreateOnly?: ReadonlySet<string>;
  /** Keep anonymous volumes when a container is replaced. */
  readonly inherit: boolean;
  /** Seconds to wait for a container to stop; absent: its own. */
  readonly timeout?: number;
  readonly removeOrphans: boolean;
  /** Say nothing about orphans that stay. */
  readonly ignoreOrphans: boolean;
  /** Keys of changed volumes whose data may be destroyed. */
  readonly recreateVolumes: ReadonlySet<string>;
  readonly start: boolean;
  /** After the starts, wait for every service. `timeout` in seconds. */
  readonly waitForAll?: { readonly timeout?: number };
  /** Images still to be pulled, with the cause: a preview does not pull. */
  readonly pulls: readonly PendingPull[];
}

export interface ImagePull {
  readonly reference: string;
  readonly platform?: string;
}

export interface PendingPull extends ImagePull {
  readonly cause: Cause;
}

/** One container that a service is to have, existing or about to be. */
export interface Replica {
  readonly container: ContainerRef;
  readonly number: number;
  /** Nodes to be done before it is touched again. */
  readonly after: readonly number[];
  /** Its state once those nodes are done. */
  readonly state: 'running' | 'stopped' | 'paused';
}

/**
 * Container names are something that one container has at a time. Who takes a name that another still has is made, or stays, under a name of its own,
 * and is given the right one once the other has gone; what cannot be made then leaves the other as it was.
 */
export interface NameClaim {
  readonly name: string;
  readonly service: string;
  /** Who has it. */
  readonly holder: ContainerSummary;
  readonly container: ContainerRef;
  readonly cause: Cause;
  readonly after: readonly number[];
  readonly group: string | undefined;
  /** If the holder stays, so does the name; else that is an error. */
  readonly optional: boolean;
}

/** The state of one run of the reconciler; nothing outlives it. */
export interface Context {
  readonly desired: Desired;
  readonly world: World;
  readonly options: ReconcileOptions;
  readonly graph: ServiceGraph;
  readonly plan: PlanBuilder;
  readonly warnings: PlanWarning[];
  /** The network and volume that stand for each key on the engine now. */
  readonly networkIds: Map<string, string>;
  readonly volumeNames: Map<string, string>;
  /** The last node for each key, for what needs it. */
  readonly pullNodes: Map<string, number>;
  readonly networkNodes: Map<string, number>;
  readonly volumeNodes: Map<string, number>;
  readonly serviceNodes: Map<string, readonly number[]>;
  /** Containers that the plan stops, disconnects or removes, by id: never twice. */
  readonly stops: Map<string, number>;
  readonly connects: Map<string, readonly number[]>;
  readonly removals: Map<string, number>;
  /** The step that removes a container that another replaces, by id. */
  readonly replaced: Map<string, number>;
  /** Who has each container name, of the project and of others. */
  readonly names: ReadonlyMap<string, ContainerSummary>;
  /** Names that are waited for. */
  readonly claims: NameClaim[];
  /** Services with a container that is replaced. */
  readonly recreated: Set<string>;
  readonly replicas: Map<string, readonly Replica[]>;
  readonly upToDate: string[];
}

export function newContext(desired: Desired, world: World, options: ReconcileOptions): Context {
  return {
    desired,
    world,
    options,
    graph: serviceGraph(desired.services),
    plan: planBuilder(),
    warnings: [],
    networkIds: new Map(),
    volumeNames: new Map(),
    pullNodes: new Map(),
    networkNodes: new Map(),
    volumeNodes: new Map(),
    serviceNodes: new Map(),
    stops: new Map(),
    connects: new Map(),
    removals: new Map(),
    replaced: new Map(),
    names: new Map([
      ...Object.entries(world.surroundings.names),
      ...world.observed.containers.map((container) => [container.name, container] as const),
    ]),
    claims: [],
    recreated: new Set(),
    replicas: new Map(),
    upToDate: [],
  };
}

/** The service's own containers, without one-off ones and those the plan already removes. */
export function containersOf(context: Context, service: string): readonly ContainerSummary[] {
  return context.world.observed.containers.filter(
    (container) => isOf(container, service) && !context.removals.has(container.id),
  );
}

/** As the engine had it before the plan: what hashes of running containers were taken of. */
export function firstContainerOf(context: Context): ContainerOf {
  return (service) => context.world.observed.containers.find((container) => isOf(container, service));
}

/** The node that stops a container, adding it unless the plan already has one. */
export function stopOnce(
  context: Context,
  container: ContainerSummary,
  cause: Cause,
  after: readonly number[] = [],
  group?: string,
): number {
  const known = context.stops.get(container.id);
  if (known !== undefined) return known;
  const node = context.plan.add(
    {
      kind: 'stop-container',
      container: refOf(container),
      ...(context.options.timeout !== undefined && { timeout: context.options.timeout }),
    },
    cause,
    after,
    group === undefined ? {} : { group },
  );
  context.stops.set(container.id, node);
  return node;
}

export function refOf(container: ContainerSummary): ContainerRef {
  return existing(container, container.labels[label.service] ?? '');
}

export function nextNumber(containers: readonly ContainerSummary[]): number {
  return 1 + Math.max(0, ...containers.map((container) => containerNumber(container.labels)));
}

function isOf(container: ContainerSummary, service: string): boolean {
  return container.labels[label.service] === service && !isOneOff(container.labels);
}

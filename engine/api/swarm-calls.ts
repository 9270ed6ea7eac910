/** What is known of a swarm: bodies of the Engine API, of which only the parts that are read here are declared. Durations are nanoseconds. */
export interface SwarmMembership {
  /** `inactive`, `pending`, `active`, `error`, `locked`. */
  readonly state: string;
  readonly nodeId: string;
  readonly isManager: boolean;
  /** Where other nodes reach this one, with the port; empty outside a swarm. */
  readonly address: string;
}

/** A body of the API that is handed through. */
export type Spec = Readonly<Record<string, unknown>>;

export interface Versioned {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly CreatedAt?: string;
  readonly UpdatedAt?: string;
}

export interface NodeObject extends Versioned {
  readonly Spec?: NodeSpec;
  readonly Description?: {
    readonly Hostname?: string;
    readonly Engine?: { readonly EngineVersion?: string };
  };
  readonly Status?: { readonly State?: string; readonly Addr?: string };
  readonly ManagerStatus?: { readonly Leader?: boolean; readonly Reachability?: string };
}

export interface NodeSpec {
  /** `active`, `pause` (no new tasks), `drain` (its tasks move to others). */
  readonly Availability?: string;
  /** `worker`, `manager`. */
  readonly Role?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly [field: string]: unknown;
}

export interface SwarmPort {
  readonly Protocol?: string;
  readonly TargetPort?: number;
  readonly PublishedPort?: number;
  readonly PublishMode?: string;
}

export interface TaskTemplate {
  readonly ContainerSpec?: {
    readonly Image?: string;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly ForceUpdate?: number;
  readonly [field: string]: unknown;
}

export interface ServiceSpec {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly TaskTemplate: TaskTemplate;
  readonly Mode?: ServiceMode;
  readonly UpdateConfig?: { readonly Monitor?: number; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export interface ServiceMode {
  readonly Replicated?: { readonly Replicas?: number };
  readonly Global?: object;
  readonly ReplicatedJob?: { readonly MaxConcurrent?: number; readonly TotalCompletions?: number };
  readonly GlobalJob?: object;
}

export interface ServiceObject extends Versioned {
  readonly Spec: ServiceSpec;
  readonly PreviousSpec?: ServiceSpec;
  readonly Endpoint?: { readonly Ports?: readonly SwarmPort[] };
  readonly UpdateStatus?: { readonly State?: string; readonly StartedAt?: string; readonly Message?: string };
  readonly ServiceStatus?: {
    readonly RunningTasks?: number;
    readonly DesiredTasks?: number;
    readonly CompletedTasks?: number;
  };
  readonly JobStatus?: { readonly JobIteration?: { readonly Index?: number } };
}

export interface TaskObject extends Versioned {
  readonly ServiceID: string;
  readonly NodeID?: string;
  readonly Slot?: number;
  readonly Spec?: TaskTemplate;
  readonly DesiredState: string;
  readonly Status: {
    readonly State: string;
    readonly Timestamp?: string;
    readonly Message?: string;
    readonly Err?: string;
    readonly PortStatus?: { readonly Ports?: readonly SwarmPort[] };
  };
  readonly JobIteration?: { readonly Index?: number };
}

/** A secret or a config of the swarm; a secret's content is never told. */
export interface FileObjectOfSwarm extends Versioned {
  readonly Spec: {
    readonly Name: string;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly Data?: string;
  };
}

export type FileKind = 'secret' | 'config';

/** By their own kind of value: `label` (`key` or `key=value`), `name`, `id`, `service`, `node`. All must match. */
export type SwarmFilter = Readonly<Record<string, readonly string[]>>;

export interface ServiceLogOptions {
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly tail?: number;
  readonly since?: string;
}

/** Swarm mode. See `EnginePort` for what holds of all calls; all but the first, `initSwarm` and `joinSwarm` need a manager. */
export interface SwarmCalls {
  inspectSwarmMembership(signal: AbortSignal): Promise<SwarmMembership>;
  /** Resolves with the id of this node. */
  initSwarm(spec: Spec, signal: AbortSignal): Promise<string>;
  joinSwarm(spec: Spec, signal: AbortSignal): Promise<void>;
  leaveSwarm(options: { readonly force: boolean }, signal: AbortSignal): Promise<void>;
  getJoinTokens(signal: AbortSignal): Promise<{ readonly Worker: string; readonly Manager: string }>;
  /** The old ones are good for nothing from then on. */
  rotateJoinToken(role: 'worker' | 'manager', signal: AbortSignal): Promise<void>;
  listSwarmNodes(signal: AbortSignal): Promise<readonly NodeObject[]>;
  /** By id, or by `self`. */
  inspectSwarmNode(id: string, signal: AbortSignal): Promise<NodeObject>;
  /** Rejects (kind `conflict`) when `version` is no longer the node's. */
  updateSwarmNode(id: string, version: number, spec: NodeSpec, signal: AbortSignal): Promise<void>;
  /** With `force`, even one that is not down. */
  removeSwarmNode(id: string, options: { readonly force: boolean }, signal: AbortSignal): Promise<void>;
  listServices(filter: SwarmFilter, signal: AbortSignal): Promise<readonly ServiceObject[]>;
  /** By id or name. */
  inspectService(id: string, signal: AbortSignal): Promise<ServiceObject>;
  /** With `credentials`, the registry's user goes with it, for the nodes to pull the image. */
  createService(
    spec: ServiceSpec,
    options: { readonly credentials: boolean },
    signal: AbortSignal,
  ): Promise<{ readonly ID: string; readonly Warnings?: readonly string[] | null }>;
  /** Rejects (kind `conflict`) when `version` is no longer the service's. */
  updateService(
    id: string,
    version: number,
    spec: ServiceSpec,
    options: { readonly credentials: boolean; readonly rollback?: boolean },
    signal: AbortSignal,
  ): Promise<{ readonly Warnings?: readonly string[] | null }>;
  removeService(id: string, signal: AbortSignal): Promise<void>;
  listTasks(filter: SwarmFilter, signal: AbortSignal): Promise<readonly TaskObject[]>;
  /** Multiplexed, unless the service's containers have a terminal. With `details`, each line tells its task and node. */
  getServiceLogs(
    id: string,
    options: ServiceLogOptions,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>>;
  listSwarmFiles(
    kind: FileKind,
    filter: SwarmFilter,
    signal: AbortSignal,
  ): Promise<readonly FileObjectOfSwarm[]>;
  createSwarmFile(kind: FileKind, spec: Spec, signal: AbortSignal): Promise<string>;
  /** Only labels can change. */
  updateSwarmFile(
    kind: FileKind,
    id: string,
    version: number,
    spec: Spec,
    signal: AbortSignal,
  ): Promise<void>;
  removeSwarmFile(kind: FileKind, id: string, signal: AbortSignal): Promise<void>;
}

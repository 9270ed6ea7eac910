/**
 * What the rest of the product knows of a Docker Engine: plain data, no dockerode types. Every call takes an `AbortSignal`, rejects only
 * with `EngineError`, and leaves no socket behind when aborted. Field names follow the Engine API; units: bytes, milliseconds unless said.
 */
export interface EnginePort {
  readonly info: EngineInfo;
  ping(signal: AbortSignal): Promise<void>;
  /** Of its processor, as images have it: `amd64`, `arm64`. */
  architecture(signal: AbortSignal): Promise<string>;

  listContainers(filter: ContainerFilter, signal: AbortSignal): Promise<readonly ContainerSummary[]>;
  inspectContainer(id: string, signal: AbortSignal): Promise<ContainerDetails>;
  createContainer(
    spec: ContainerSpec,
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }>;
  startContainer(id: string, signal: AbortSignal): Promise<void>;
  /** `timeout` in whole seconds; absent: the container's own. Stopping a stopped container is fine. */
  stopContainer(id: string, options: { readonly timeout?: number }, signal: AbortSignal): Promise<void>;
  restartContainer(id: string, options: { readonly timeout?: number }, signal: AbortSignal): Promise<void>;
  killContainer(id: string, options: { readonly signal?: string }, signal: AbortSignal): Promise<void>;
  pauseContainer(id: string, signal: AbortSignal): Promise<void>;
  unpauseContainer(id: string, signal: AbortSignal): Promise<void>;
  renameContainer(id: string, name: string, signal: AbortSignal): Promise<void>;
  removeContainer(
    id: string,
    options: { readonly force?: boolean; readonly volumes?: boolean },
    signal: AbortSignal,
  ): Promise<void>;

  /** Makes an image of its file system as it is now. Resolves with the image's id. */
  commitContainer(id: string, options: CommitOptions, signal: AbortSignal): Promise<string>;
  /** All of its file system as a tar archive, without volumes. Ending the iteration destroys the socket. */
  exportContainer(id: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Unpacks a tar archive below `path` in the container's file system, running or not. */
  putArchive(
    id: string,
    options: {
      readonly path: string /** Keep the owners the archive names. */;
      readonly copyOwnership?: boolean;
    },
    archive: Uint8Array | AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void>;
  /** The file or folder at `path` as a tar archive. Ending the iteration destroys the socket. */
  getArchive(id: string, path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Resolves once the container is not running (at once if it is not), with its exit code. */
  waitContainer(id: string, signal: AbortSignal): Promise<{ readonly exitCode: number }>;
  /** The container's own streams; attach before starting to miss nothing. */
  attachContainer(
    id: string,
    options: { readonly stdin: boolean; readonly logs?: boolean },
    signal: AbortSignal,
  ): Promise<DuplexBytes>;
  resizeContainer(id: string, size: TerminalSize, signal: AbortSignal): Promise<void>;
  /** Its processes, as `ps` with these arguments lists them. */
  topContainer(
    id: string,
    psArguments: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly titles: readonly string[]; readonly processes: readonly (readonly string[])[] }>;
  /** The Engine's own samples, about one a second; a single one without `stream`. */
  containerStats(
    id: string,
    options: { readonly stream: boolean },
    signal: AbortSignal,
  ): Promise<AsyncIterable<unknown>>;

  listNetworks(
    filter: { readonly labels: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly NetworkDetails[]>;
  inspectNetwork(name: string, signal: AbortSignal): Promise<NetworkDetails>;
  createNetwork(
    spec: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<{ readonly id: string }>;
  connectNetwork(
    network: string,
    container: string,
    endpoint: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<void>;
  disconnectNetwork(network: string, container: string, signal: AbortSignal): Promise<void>;
  removeNetwork(id: string, signal: AbortSignal): Promise<void>;

  listVolumes(
    filter: { readonly labels: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly VolumeDetails[]>;
  inspectVolume(name: string, signal: AbortSignal): Promise<VolumeDetails>;
  createVolume(spec: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<VolumeDetails>;
  removeVolume(name: string, signal: AbortSignal): Promise<void>;

  inspectImage(reference: string, signal: AbortSignal): Promise<ImageDetails>;
  listImages(
    filter: { readonly labels: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly ImageDetails[]>;
  removeImage(reference: string, options: { readonly force?: boolean }, signal: AbortSignal): Promise<void>;
  /** Progress as the engine reports it, until the image is there. */
  pullImage(
    reference: string,
    options: { readonly platform?: string },
    signal: AbortSignal,
  ): AsyncIterable<PullProgress>;

  /** What is known here of registries' users, by registry, as the CLI's `config.json` has it under `auths`. None where none may be looked for. */
  credentials(signal: AbortSignal): Promise<Readonly<Record<string, object>>>;
  /** What the registry has under a reference, without pulling it. Rejects as a pull would: `image-missing`, `pull-denied`, … */
  inspectRemoteImage(reference: string, signal: AbortSignal): Promise<RemoteImage>;

  /** Removes what nothing uses of one kind: of images all of those, not only the nameless. Resolves with what went. */
  prune(kind: PruneKind, signal: AbortSignal): Promise<Pruned>;

  tagImage(reference: string, repository: string, tag: string, signal: AbortSignal): Promise<void>;
  /** Progress as the engine reports it, until the registry has it. */
  pushImage(reference: string, signal: AbortSignal): AsyncIterable<PullProgress>;
  /**
   * `parameters` are the query of `POST /build`; `context` is a tar archive, absent where the engine fetches it. For the registries of
   * `baseImages`, credentials go with it (the classic builder's way). Yields the lines of the engine's answer; that a step has failed is in them.
   */
  buildImage(
    parameters: Readonly<Record<string, unknown>>,
    options: {
      readonly context: AsyncIterable<Uint8Array> | undefined;
      readonly baseImages: readonly string[];
    },
    signal: AbortSignal,
  ): AsyncIterable<unknown>;

  /** Raw bytes of the engine's log stream, pull-based: nothing is read before it is asked for. Ending the iteration destroys the socket. */
  containerLogs(id: string, options: LogOptions, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  createExec(id: string, spec: ExecSpec, signal: AbortSignal): Promise<string>;
  startExec(execId: string, options: { readonly tty: boolean }, signal: AbortSignal): Promise<DuplexBytes>;
  /** Started, and left alone. */
  startDetachedExec(execId: string, options: { readonly tty: boolean }, signal: AbortSignal): Promise<void>;
  resizeExec(execId: string, size: TerminalSize, signal: AbortSignal): Promise<void>;
  /** The exit code once the process has ended. */
  inspectExec(
    execId: string,
    signal: AbortSignal,
  ): Promise<{ readonly running: boolean; readonly exitCode: number | null }>;

  /** One subscription. Ends (or rejects) when the engine goes away; reconnecting is the caller's work. */
  events(filter: EventFilter, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>;

  /** Closes idle sockets; running calls are aborted. */
  close(): void;
}

export interface EngineInfo {
  /** Negotiated, at most the engine's own: `"1.41"`. */
  readonly apiVersion: string;
  readonly serverVersion: string;
  /** Where it was found, for people: `unix:///var/run/docker.sock (context "default")`. */
  readonly endpoint: string;
  readonly os: string;
  /** Variables that the Docker CLI's configuration wants in every container and build: those of its proxies. */
  readonly proxies?: Readonly<Record<string, string>>;
}

/** `labels`: `key` or `key=value`, all must match. */
export interface ContainerFilter {
  readonly labels: readonly string[];
  readonly all: boolean;
}

export interface PublishedPort {
  readonly hostIp: string;
  readonly hostPort: number | undefined;
  readonly containerPort: number;
  readonly protocol: string;
}

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type Health = 'none' | 'starting' | 'healthy' | 'unhealthy';

export interface ContainerSummary {
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly command: string;
  /** Unix time, ms. */
  readonly createdAt: number;
  readonly state: ContainerState;
  /** The engine's own sentence: `Up 3 minutes (healthy)`. */
  readonly status: string;
  readonly health: Health;
  readonly exitCode: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PublishedPort[];
  readonly networks: Readonly<Record<string, { readonly networkId: string }>>;
  readonly mounts: readonly MountPoint[];
}

export interface MountPoint {
  readonly type: string;
  readonly name: string | undefined;
  readonly source: string;
  readonly destination: string;
  readonly readOnly: boolean;
}

export interface ContainerDetails {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly state: ContainerState;
  readonly health: Health;
  /** The last probe's output, when there is a health check. */
  readonly healthOutput: string | undefined;
  readonly exitCode: number;
  readonly error: string;
  /** Unix time, ms; `undefined` if it never happened. */
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly restartCount: number;
  readonly tty: boolean;
  readonly hasHealthcheck: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly env: readonly string[];
  /** `Config` and `HostConfig` as the engine reports them, for comparing with what was asked for. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly hostConfig: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<
    Record<
      string,
      { readonly networkId: string; readonly aliases: readonly string[]; readonly ipAddress: string }
    >
  >;
  readonly mounts: readonly MountPoint[];
}

/** The body of `POST /containers/create`, with its query parameters beside it. */
export interface ContainerSpec {
  readonly name: string;
  readonly platform?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface CommitOptions {
  /** `repository:tag`; absent: the image has no name. */
  readonly reference?: string;
  readonly author?: string;
  readonly message?: string;
  /** Instructions of a Dockerfile. */
  readonly changes?: readonly string[];
  /** Pause the container meanwhile. */
  readonly pause: boolean;
}

export interface NetworkDetails {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly scope: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Ids of attached containers; empty from listings. */
  readonly containers: readonly string[];
}

export interface VolumeDetails {
  readonly name: string;
  readonly driver: string;
  readonly mountpoint: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ImageDetails {
  readonly id: string;
  /**
   * What identifies the runnable content: the digest of the manifest for the engine's own platform where the engine lists manifests
   * (API 1.48, containerd store), else `id`. Docker Compose records it in the label `com.docker.compose.image`.
   */
  readonly contentDigest: string;
  /** The image's `Config` (Env, Cmd, Labels, …) as the engine reports it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  /** Paths declared with VOLUME. */
  readonly volumes: readonly string[];
  readonly hasHealthcheck: boolean;
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  /** Bytes. */
  readonly size?: number;
  /** When it was last pulled, built or tagged here: RFC 3339, as the engine wrote it. */
  readonly lastTagTime?: string;
}

export type PruneKind = 'containers' | 'networks' | 'images' | 'build';

export interface Pruned {
  /** Ids or names. */
  readonly removed: readonly string[];
  /** Bytes. */
  readonly freed: number;
}

export interface RemoteImage {
  /** Of its manifest, or of the list of its manifests: what pins a reference to this content. */
  readonly digest: string;
  /** What it can be run on; empty when the registry does not say. */
  readonly platforms: readonly { readonly os: string; readonly architecture: string }[];
}

export interface PullProgress {
  /** A layer, or absent for a line about the whole image. */
  readonly id?: string;
  readonly status: string;
  readonly current?: number;
  readonly total?: number;
}

export interface LogOptions {
  readonly follow: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly timestamps: boolean;
  /** Lines per container; absent: all. */
  readonly tail?: number;
  /** Unix time in seconds with fraction, or a Go duration, as the Engine takes it. */
  readonly since?: string;
  readonly until?: string;
}

export interface ExecSpec {
  readonly command: readonly string[];
  readonly tty: boolean;
  readonly stdin: boolean;
  /** The terminal's first size; engines before API 1.42 need a resize besides. */
  readonly size?: TerminalSize;
  /** No streams at all: for `startDetachedExec`. */
  readonly detach?: boolean;
  readonly env?: readonly string[];
  readonly user?: string;
  readonly workingDir?: string;
  readonly privileged?: boolean;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A hijacked connection. Reading ends when the other side closes; `close` destroys the socket. */
export interface DuplexBytes {
  readonly output: AsyncIterable<Uint8Array>;
  /** `false` when enough is waiting to be sent: what reads a file in should then wait for `drained`. After the end it does nothing. */
  write(data: Uint8Array): boolean;
  /** Once what was written is on its way, or the connection has closed. */
  drained(): Promise<void>;
  /** Half-closes: no more input. */
  end(): void;
  close(): void;
}

export interface EventFilter {
  readonly labels?: readonly string[];
  readonly types?: readonly ('container' | 'network' | 'volume' | 'image')[];
  /** Only these; `health_status` stands for all its values. Absent: all. */
  readonly actions?: readonly string[];
  /** Unix time, seconds with fraction. */
  readonly since?: string;
  /** The same; the iteration ends there. */
  readonly until?: string;
}

export interface EngineEvent {
  readonly type: string;
  /** `start`, `die`, `health_status: healthy`, … as the engine sends it. */
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Unix time, ms, with microseconds as its fraction. */
  readonly time: number;
}

export interface EngineInfo {
  /** Negotiated, at most the engine's own: `"1.41"`. */
  readonly apiVersion: string;
  readonly serverVersion: string;
  /** Where it was found, for people: `unix:///var/run/docker.sock (context "default")`. */
  readonly endpoint: string;
  readonly os: string;
  /** Variables that the Docker CLI's configuration wants in every container and build: those of its proxies. */
  readonly proxies?: Readonly<Record<string, string>>;
  /** Podman's own API beside Docker's, by its version. Podman leaves health checks to systemd: without it someone has to ask for each. */
  readonly libpodVersion?: string;
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
  /** When the last probe ended, as the engine wrote it. */
  readonly healthProbedAt?: string;
  readonly exitCode: number;
  /** The kernel ended it because it used more memory than it may. */
  readonly oomKilled?: boolean;
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
      {
        readonly networkId: string;
        readonly aliases: readonly string[];
        readonly ipAddress: string;
        /** Those that were asked for; absent: the engine chose. */
        readonly fixedAddresses?: { readonly ipv4: string; readonly ipv6: string };
      }
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

export type FileKind = 'file' | 'folder' | 'link' | 'other';

/** A file or folder in a container, as its archive names it. */
export interface PathStat {
  readonly name: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Unix time, ms. */
  readonly modifiedAt: number;
  /** Where a link leads, from the root of the container, links on the way followed; empty for what is no link. */
  readonly target: string;
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
  /** The same for every platform of which the content is here; absent where the engine does not list manifests. */
  readonly platforms?: readonly ImagePlatform[];
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
  /** Unix time, ms: when it was made, wherever that was. */
  readonly createdAt?: number;
  /** When it was last pulled, built or tagged here: RFC 3339, as the engine wrote it. */
  readonly lastTagTime?: string;
}

/** A step of an image's making. */
export interface ImageLayer {
  /** Unix time, ms. */
  readonly createdAt: number;
  readonly createdBy: string;
  /** Bytes. */
  readonly size: number;
}

/** What takes room on an engine, in bytes. */
export interface DiskUsage {
  /** All layers, each counted once. */
  readonly layers: number;
  /** `shared`: what other images have, too; `containers`: how many use it. */
  readonly images: readonly (UsedSpace & { readonly shared: number; readonly containers: number })[];
  /** What they have written beside their images and volumes. */
  readonly containers: readonly (UsedSpace & { readonly isRunning: boolean })[];
  readonly volumes: readonly (UsedSpace & { readonly containers: number })[];
  /** The builder's cache; `free`: what no build is using now. */
  readonly cache: { readonly size: number; readonly free: number };
}

export interface UsedSpace {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

export interface ImagePlatform {
  readonly os: string;
  readonly architecture: string;
  readonly contentDigest: string;
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
  /** The nine digits after the second, where the engine told them. */
  readonly nanoseconds?: string;
}

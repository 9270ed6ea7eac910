import type {
  ContainerFilter,
  ContainerSummary,
  ContainerDetails,
  ContainerSpec,
  CommitOptions,
  TerminalSize,
  DuplexBytes,
  PathStat,
} from './engine-objects.ts';

/** Containers: their life, their files, what runs in them. See `EnginePort` for what holds of all calls. */
export interface ContainerCalls {
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
      readonly path: string;
      /** Keep the owners the archive names; the container's user owns it all, if it has one. */
      readonly copyOwnership?: boolean;
    },
    archive: Uint8Array | AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void>;
  /** What is at `path`, running or not; a link itself, not what it leads to. */
  inspectPath(id: string, path: string, signal: AbortSignal): Promise<PathStat>;
  /** The file or folder at `path` as a tar archive. Ending the iteration destroys the socket. */
  getArchive(id: string, path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Runs the health check once, now, and resolves when it has ended: only where `info.libpodVersion` is told. */
  probeContainer(id: string, signal: AbortSignal): Promise<void>;
  /** Resolves once the container is not running (at once if it is not), with its exit code. */
  waitContainer(id: string, signal: AbortSignal): Promise<{ readonly exitCode: number }>;
  /** The container's own streams; attach before starting to miss nothing. `detachKeys`, as `ctrl-x,x`, end it where there is a terminal; absent: the engine's. */
  attachContainer(
    id: string,
    options: { readonly stdin: boolean; readonly logs?: boolean; readonly detachKeys?: string },
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
}

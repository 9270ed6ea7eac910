import type { ContainerState, Health } from '../api/engine-objects.ts';
import type { Made, Worked } from './last-working.ts';

/** A TCP port on which something in a container listens. */
export interface Listener {
  readonly port: number;
  /** Only for what is in the same container. */
  readonly isLoopback: boolean;
}

/** A line of a log with when it was written: Unix time, ms. */
export interface FactLine {
  readonly text: string;
  readonly time: number | undefined;
}

/** Another service of the project. */
export interface PeerFacts {
  readonly service: string;
  /** `absent`: it has no container. */
  readonly state: ContainerState | 'absent';
  readonly health: Health;
  readonly exitCode: number | undefined;
  readonly networks: readonly string[];
  /** What others can call it by. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly startedAt: number | undefined;
  /** `undefined`: it cannot be told. */
  readonly listeners: readonly Listener[] | undefined;
}

export interface ContainerFacts {
  readonly name: string;
  readonly state: ContainerState;
  readonly health: Health;
  readonly healthOutput: string | undefined;
  readonly exitCode: number;
  readonly isOomKilled: boolean;
  /** The engine's own words, of a start that failed. */
  readonly error: string;
  readonly restartCount: number;
  /** Bytes; 0: no limit. */
  readonly memoryLimit: number;
  readonly user: string;
  /** Program and arguments, as far as the container's own configuration says. */
  readonly command: readonly string[];
  readonly isInteractive: boolean;
  readonly restarts: boolean;
  readonly networkMode: string;
  readonly networks: readonly string[];
  /** Container ports that are published. */
  readonly published: readonly number[];
  readonly mounts: readonly {
    readonly type: string;
    readonly source: string;
    readonly destination: string;
  }[];
  /** Paths of the host that are to be mounted and do not exist, where that can be told. */
  readonly missingSources: readonly string[];
  /** Only while it runs; `undefined`: it cannot be told. */
  readonly listeners: readonly Listener[] | undefined;
}

/** All that an explanation of a service's failure is made from. */
export interface FailureFacts {
  readonly service: string;
  /** Of its worst replica; absent: it has none. */
  readonly container: ContainerFacts | undefined;
  /** Absent: the service names none, or it is to be built. */
  readonly image:
    | { readonly name: string; readonly isHere: boolean; readonly platform: string | undefined }
    | undefined;
  /** What the engine runs: `linux/amd64`. */
  readonly platform: string;
  /** The last lines of its last run, oldest first. */
  readonly lines: readonly FactLine[];
  readonly peers: readonly PeerFacts[];
  readonly dependencies: Readonly<Record<string, string>>;
  /** The files leave it out: it belongs to profiles that are not active. */
  readonly isOff: boolean;
  /** What it was made from, and what of the service worked before or does beside it; absent: that is not known. */
  readonly compared?: { readonly worked: Worked; readonly now: Made & { readonly id: string } };
}

import type { Message } from '../api/message.ts';

/** What was found; `unknown`: nothing of what is known explains it; `none`: nothing is wrong. */
export type Cause =
  | 'none'
  | 'unknown'
  | 'off'
  | 'not-created'
  | 'paused'
  | 'starting'
  | 'ended-well'
  | 'nothing-to-do'
  | 'stopped'
  | 'dependency-failed'
  | 'image-missing'
  | 'wrong-architecture'
  | 'bad-program-format'
  | 'program-missing'
  | 'interpreter-missing'
  | 'not-executable'
  | 'mount-source-missing'
  | 'mount-type'
  | 'port-in-use'
  | 'work-folder'
  | 'user-missing'
  | 'network-gone'
  | 'device-missing'
  | 'out-of-memory'
  | 'heap-limit'
  | 'crash-signal'
  | 'killed'
  | 'unresolved-name'
  | 'no-shared-network'
  | 'network-off'
  | 'peer-not-running'
  | 'peer-still-starting'
  | 'own-loopback'
  | 'nobody-listens'
  | 'listens-on-loopback'
  | 'connection-refused'
  | 'database-starting'
  | 'credentials'
  | 'variable-missing'
  | 'file-missing'
  | 'module-missing'
  | 'permission'
  | 'read-only'
  | 'not-permitted'
  | 'address-in-use'
  | 'privileged-port'
  | 'disk-full'
  | 'watch-limit'
  | 'too-many-files'
  | 'data-version'
  | 'lock-file'
  | 'wrong-arguments'
  | 'configuration'
  | 'certificate'
  | 'probe-program-missing'
  | 'probe-timeout'
  | 'probe-failed';

/** Something that was seen and bears the explanation out. */
export interface Evidence {
  readonly from: 'engine' | 'log' | 'health';
  readonly text: string;
  /** Unix time, ms. */
  readonly time?: number;
}

/** What a rule found. */
export interface Finding {
  readonly cause: Cause;
  readonly what: Message;
  readonly fixes: readonly Message[];
  /** The attribute of the service that it is about: `healthcheck.test`. */
  readonly attribute?: string;
  /** What of the evidence decided; absent: nothing more than the state. */
  readonly seen?: Evidence;
}

/** Why a service does not run as it should. */
export interface Explanation extends Finding {
  readonly service: string;
  /** In the order of time; the last lines, where nothing in particular decided. */
  readonly evidence: readonly Evidence[];
  /** What is different from when it last worked, that first; empty where nothing is known of it. */
  readonly changes: readonly Message[];
}

import { decode, lookUp, text, type Value } from '../../api/buildkit/protobuf.ts';

/** A step of a build, as far as it is known: BuildKit sends it again when something has changed. */
export interface Vertex {
  readonly digest: string;
  /** `[web 2/3] RUN make`. */
  readonly name: string;
  readonly cached: boolean;
  readonly started: boolean;
  readonly completed: boolean;
  readonly error: string;
  /** How long it took, once it is completed. In seconds. */
  readonly seconds: number;
}

/** Something a step does: `naming to docker.io/library/web:latest`, `transferring context:`. */
export interface Task {
  readonly vertex: string;
  readonly name: string;
  /** Bytes, where it counts them; else 0. */
  readonly current: number;
  readonly completed: boolean;
  /** As of a step. */
  readonly seconds: number;
}

export interface BuildStatus {
  readonly vertexes: readonly Vertex[];
  readonly tasks: readonly Task[];
  readonly logs: readonly { readonly vertex: string; readonly data: Uint8Array }[];
  readonly warnings: readonly string[];
}

/** What is shown of a `moby.buildkit.v1.StatusResponse`. What is not such a message gives nothing. */
export function decodeStatus(message: Uint8Array): BuildStatus {
  const vertexes: Vertex[] = [];
  const tasks: Task[] = [];
  const logs: { vertex: string; data: Uint8Array }[] = [];
  const warnings: string[] = [];
  for (const [field, value] of decode(message)) {
    if (!(value instanceof Uint8Array)) continue;
    if (field === 1) vertexes.push(toVertex(value));
    else if (field === 2) tasks.push(toTask(value));
    else if (field === 3) logs.push(toLog(value));
    else if (field === 4) warnings.push(text(lookUp(value, 3)));
  }
  return { vertexes, tasks, logs, warnings };
}

function toVertex(message: Uint8Array): Vertex {
  const all = new Map(decode(message));
  return {
    digest: text(all.get(1)),
    name: text(all.get(3)),
    cached: all.get(4) === 1,
    started: all.has(5),
    completed: all.has(6),
    error: text(all.get(7)),
    seconds: secondsBetween(all.get(5), all.get(6)),
  };
}

function toTask(message: Uint8Array): Task {
  const all = new Map(decode(message));
  const current = all.get(4);
  return {
    vertex: text(all.get(2)),
    name: text(all.get(1)),
    current: typeof current === 'number' ? current : 0,
    completed: all.has(8),
    seconds: secondsBetween(all.get(7), all.get(8)),
  };
}

/** Of two `google.protobuf.Timestamp`s; 0 when one is missing. */
function secondsBetween(started: Value | undefined, completed: Value | undefined): number {
  return started instanceof Uint8Array && completed instanceof Uint8Array
    ? Math.max(0, toSeconds(completed) - toSeconds(started))
    : 0;
}

function toSeconds(timestamp: Uint8Array): number {
  const [seconds, nanoseconds] = [lookUp(timestamp, 1), lookUp(timestamp, 2)];
  return (
    (typeof seconds === 'number' ? seconds : 0) + (typeof nanoseconds === 'number' ? nanoseconds : 0) / 1e9
  );
}

function toLog(message: Uint8Array): { vertex: string; data: Uint8Array } {
  const data = lookUp(message, 4);
  return {
    vertex: text(lookUp(message, 1)),
    data: data instanceof Uint8Array ? data : new Uint8Array(),
  };
}

import { decode, lookUp, text } from './buildkit/protobuf.ts';

/** A step of a build, as far as it is known: BuildKit sends it again when something has changed. */
export interface Vertex {
  readonly digest: string;
  /** `[web 2/3] RUN make`. */
  readonly name: string;
  readonly cached: boolean;
  readonly started: boolean;
  readonly completed: boolean;
  readonly error: string;
}

export interface BuildStatus {
  readonly vertexes: readonly Vertex[];
  readonly logs: readonly { readonly vertex: string; readonly data: Uint8Array }[];
  readonly warnings: readonly string[];
}

/** The three things shown of a `moby.buildkit.v1.StatusResponse`. What is not such a message gives nothing. */
export function decodeStatus(message: Uint8Array): BuildStatus {
  const vertexes: Vertex[] = [];
  const logs: { vertex: string; data: Uint8Array }[] = [];
  const warnings: string[] = [];
  for (const [field, value] of decode(message)) {
    if (!(value instanceof Uint8Array)) continue;
    if (field === 1) vertexes.push(toVertex(value));
    else if (field === 3) logs.push(toLog(value));
    else if (field === 4) warnings.push(text(lookUp(value, 3)));
  }
  return { vertexes, logs, warnings };
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
  };
}

function toLog(message: Uint8Array): { vertex: string; data: Uint8Array } {
  const data = lookUp(message, 4);
  return {
    vertex: text(lookUp(message, 1)),
    data: data instanceof Uint8Array ? data : new Uint8Array(),
  };
}

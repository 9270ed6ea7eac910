import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Duplex } from 'node:stream';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import { buildFailure } from './build-failure.ts';
import { GrpcClient, GrpcError, serveGrpc } from './grpc.ts';
import { decode, encode, encodeMap, lookUp, text } from './protobuf.ts';
import { type Offer, sessionServices } from './session-services.ts';

/** A connection to the engine's BuildKit: its control service, or with `session` that over which it asks for what a build needs. */
export type OpenBuildKit = (session: SessionHead | undefined, signal: AbortSignal) => Promise<Duplex>;

export interface SessionHead {
  readonly id: string;
  readonly name: string;
  readonly sharedKey: string;
  /** Paths of the services that are offered. */
  readonly methods: readonly string[];
}

/** A build for BuildKit's Dockerfile frontend. */
export interface SolveRequest {
  /** Of the frontend: `target`, `build-arg:NAME`, `context:NAME` … (https://github.com/moby/buildkit/blob/master/frontend/dockerfile/builder/build.go). */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  /** Rights that are asked for; the engine may refuse them. */
  readonly entitlements: readonly string[];
  /** Where what a later build can use goes: `inline` is into the image. */
  readonly cacheExports: readonly CacheExport[];
  /** The same for builds of the same folder: then only what has changed since is sent again. */
  readonly sharedKey: string;
}

export interface CacheExport {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** In ms: how long what belongs to a build may go on once the build is over, or its session is: what was said before may still be on its way. */
const grace = 3000;

/**
 * Builds an image with the BuildKit in the engine, as `docker buildx` has its docker driver do it. Yields status messages (`moby.buildkit.v1.StatusResponse`).
 * Rejects with `EngineError`: kind `engine` with BuildKit's own words when a step fails, or when the build is refused before there is any. Whatever ends
 * first ends the rest: the answer to Solve the status stream, a session that is lost the Solve. Nothing of the session is left when it settles.
 */
export async function* solve(
  open: OpenBuildKit,
  request: SolveRequest,
  offer: Offer,
  outer: AbortSignal,
  patience: number = grace,
): AsyncGenerator<Buffer> {
  const ended = new AbortController();
  const signal = AbortSignal.any([outer, ended.signal]);
  const services = sessionServices(offer, signal);
  const id = randomUUID().replaceAll('-', '');
  const control = new GrpcClient(await open(undefined, signal));
  const timers: NodeJS.Timeout[] = [];
  const soon = (end: () => void, after = patience) => timers.push(setTimeout(end, after));
  /** The engine's words for that name neither cause nor place. */
  let isLost = false;
  try {
    const session = { id, name: hostname(), sharedKey: request.sharedKey, methods: Object.keys(services) };
    const socket = await open(session, signal);
    const solved = new AbortController();
    const lost = new AbortController();
    socket.once('close', () => {
      isLost = !signal.aborted;
      soon(() => lost.abort(new Error('it no longer asks for what the build needs')));
    });
    const served = serveGrpc(socket, services);
    const ref = randomUUID().replaceAll('-', '');
    // Status waits for the build to appear, for ever where the build is refused, and ends with it.
    const solving = control.unary(
      '/moby.buildkit.v1.Control/Solve',
      solveMessage(ref, id, request),
      AbortSignal.any([signal, lost.signal]),
    );
    let hasBegun = false;
    const endStatus = () => soon(() => solved.abort(), hasBegun ? patience : patience / 10);
    solving.then(endStatus, endStatus);
    const status = control.serverStream(
      '/moby.buildkit.v1.Control/Status',
      encode([[1, ref]]),
      AbortSignal.any([signal, solved.signal]),
    );
    try {
      for await (const message of status) {
        hasBegun = true;
        yield message;
      }
    } catch {
      // What the build itself says is what counts: it may have come to its end without anybody to tell of it.
    }
    const response = await solving;
    await offer.solved?.(stringMap(response, 1));
    ended.abort();
    await served;
  } catch (error) {
    throw outer.aborted
      ? new EngineError('cancelled', say`Canceled.`, { cause: error })
      : translate(error, isLost);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    ended.abort();
    control.close();
  }
}

/** What is known of a builder before it builds. */
export interface Builder {
  /** The address that the name `host-gateway` stands for in builds, where the engine says it. */
  readonly hostGateway: string | undefined;
  /** Whether the engine's image store is containerd's, which holds what belongs to an image besides itself: attestations, other platforms. */
  readonly holdsIndexes: boolean;
}

export async function inspectBuilder(open: OpenBuildKit, signal: AbortSignal): Promise<Builder> {
  const control = new GrpcClient(await open(undefined, signal));
  try {
    const answer = await control.unary('/moby.buildkit.v1.Control/ListWorkers', new Uint8Array(), signal);
    const labels = workerLabels(answer);
    return {
      hostGateway: labels.get('org.mobyproject.buildkit.worker.moby.host-gateway-ip'),
      holdsIndexes: labels.has('org.mobyproject.buildkit.worker.snapshotter'),
    };
  } catch (error) {
    throw translate(error);
  } finally {
    control.close();
  }
}

/** Of `moby.buildkit.v1.ListWorkersResponse`. */
function workerLabels(answer: Uint8Array): ReadonlyMap<string, string> {
  const workers = valuesOf(answer, 1);
  return new Map(workers.flatMap((worker) => [...stringMap(worker, 2)]));
}

/** A `map<string, string>`. */
function stringMap(message: Uint8Array, field: number): ReadonlyMap<string, string> {
  return new Map(
    valuesOf(message, field).map((entry) => [text(lookUp(entry, 1)), text(lookUp(entry, 2))] as const),
  );
}

function valuesOf(message: Uint8Array, wanted: number): readonly Uint8Array[] {
  return [...decode(message)].flatMap(([field, value]) =>
    field === wanted && value instanceof Uint8Array ? [value] : [],
  );
}

/** `moby.buildkit.v1.SolveRequest`, with the one exporter that every version knows. */
function solveMessage(ref: string, session: string, request: SolveRequest): Buffer {
  const { attributes, tags, entitlements, cacheExports } = request;
  const caches = cacheExports.map(
    ({ type, attributes: of }) => [4, encode([[1, type], ...encodeMap(2, of)])] as const,
  );
  return encode([
    [1, ref],
    [3, 'moby'],
    ...encodeMap(4, { name: tags.join(',') }),
    [5, session],
    [6, 'dockerfile.v0'],
    ...encodeMap(7, attributes),
    ...(caches.length > 0 ? [[8, encode(caches)] as const] : []),
    ...entitlements.map((each) => [9, each] as const),
  ]);
}

/** A failed call in the engine's words; `isLost`: since the connection was. */
export function translate(error: unknown, isLost = false): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (isLost || !(error instanceof GrpcError))
    return new EngineError('unreachable', say`The connection to the builder was lost: ${message}`, {
      cause: error,
    });
  return buildFailure(message.replace(/^failed to solve: /, ''));
}

import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { Duplex } from 'node:stream';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';

// gRPC over a connection that is there already (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md), as much as BuildKit needs.

/** Status codes of gRPC. */
const unknown = 2;
const notFound = 5;
const unimplemented = 12;
const internal = 13;

/** What the other side answers with a status that is not 0. */
export class GrpcError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'GrpcError';
    this.status = status;
  }
}

/** For handlers: the other side asks for what is not there. */
export function noSuchThing(message: string): GrpcError {
  return new GrpcError(notFound, message);
}

/** Calls services at the other end of a connection, which is destroyed by `close`. */
export class GrpcClient {
  readonly #session: ClientHttp2Session;
  readonly #socket: Duplex;
  /** Why the other side takes no more calls. */
  #goodbye: string | undefined;

  constructor(socket: Duplex) {
    this.#socket = socket;
    this.#session = connect('http://buildkit', { createConnection: () => plainDuplex(socket) });
    // Each call rejects by itself.
    this.#session.on('error', () => {});
    this.#session.on('goaway', (code, _lastStream, data) => {
      const words = data === undefined ? '' : Buffer.from(data).toString('utf8');
      this.#goodbye = words === '' ? `the builder takes no more calls (HTTP/2 code ${code})` : words;
    });
    endWhenSilent(this.#session, socket);
  }

  /** Rejects with `GrpcError` for a status that is not 0, with a socket's error, or with the signal's reason. */
  async unary(
    path: string,
    message: Uint8Array,
    signal: AbortSignal,
    metadata: Readonly<Record<string, string>> = {},
  ): Promise<Buffer> {
    let answer: Buffer | undefined;
    for await (const each of this.serverStream(path, message, signal, metadata)) answer ??= each;
    return answer ?? Buffer.alloc(0);
  }

  /** The answers, as they come. Rejects as `unary` does. */
  async *serverStream(
    path: string,
    message: Uint8Array,
    signal: AbortSignal,
    metadata: Readonly<Record<string, string>> = {},
  ): AsyncGenerator<Buffer> {
    signal.throwIfAborted();
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...metadata,
    });
    const abort = () => stream.destroy(toError(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    const status = new Promise<IncomingHttpHeaders>((resolve) => {
      stream.on('response', (headers) => {
        if (headers['grpc-status'] !== undefined || headers[':status'] !== 200) resolve(headers);
      });
      stream.on('trailers', (headers) => resolve(headers));
      stream.on('close', () => resolve({}));
    });
    try {
      stream.end(frame(message));
      yield* messages(stream);
      check(await status);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GrpcError || this.#goodbye === undefined) throw error;
      throw new Error(this.#goodbye, { cause: error });
    } finally {
      signal.removeEventListener('abort', abort);
      if (!stream.destroyed) stream.destroy();
    }
  }

  close(): void {
    this.#session.destroy();
    this.#socket.destroy();
  }
}

/** Throws unless the call ended well. What stands between us and the builder may answer without knowing gRPC. */
function check(headers: IncomingHttpHeaders): void {
  const code = headers['grpc-status'];
  const httpStatus: unknown = headers[':status'];
  if (code === undefined && httpStatus !== undefined && httpStatus !== 200)
    throw new GrpcError(unknown, `the builder answered with HTTP status ${String(httpStatus)}`);
  if (code === undefined) throw new Error('the connection was cut');
  if (code !== '0') throw new GrpcError(Number(code), percentDecoded(String(headers['grpc-message'] ?? '')));
}

/** A message that is not encoded as it should be is worth more than a complaint about it. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) =>
    Buffer.from(encoded.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

/** One call of a service that is offered. */
export interface GrpcCall {
  /** By name; a name that came several times has all its values. */
  readonly metadata: ReadonlyMap<string, readonly string[]>;
  readonly requests: AsyncIterable<Buffer>;
  /** Messages in one write, which costs as much as hundreds of small ones. Resolves when there is room for more. */
  send(...messages: readonly Uint8Array[]): Promise<void>;
}

/** Ends the call well when it resolves, and with its message when it rejects. */
export type GrpcHandler = (call: GrpcCall) => Promise<void>;

/** The handler of a method with one request and one answer. */
export function unary(answer: (request: Buffer, call: GrpcCall) => Promise<Uint8Array>): GrpcHandler {
  return async (call) => {
    for await (const request of call.requests) {
      await call.send(await answer(request, call));
      return;
    }
  };
}

/**
 * Offers services, by path (`/package.Service/Method`), to the other end of a connection until it ends. Resolves then; never rejects. Destroying the
 * socket ends it.
 */
export async function serveGrpc(
  socket: Duplex,
  handlers: Readonly<Record<string, GrpcHandler>>,
): Promise<void> {
  const server = createServer();
  server.on('sessionError', () => {});
  server.on('session', (session) => endWhenSilent(session, socket));
  const onStream = (
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    _flags: number,
    rawHeaders: readonly string[],
  ) => {
    stream.on('error', () => {});
    const handler = handlers[headers[':path'] ?? ''];
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    let outcome: Record<string, string> = { 'grpc-status': '0' };
    stream.on('wantTrailers', () => stream.sendTrailers(outcome));
    const call = { metadata: metadataOf(rawHeaders), requests: messages(stream), send: sender(stream) };
    (handler ?? refuse)(call)
      .catch((error: unknown) => {
        const status = error instanceof GrpcError ? error.status : internal;
        outcome = {
          'grpc-status': String(status),
          'grpc-message': encodeURIComponent(toError(error).message),
        };
      })
      .finally(() => stream.writable && stream.end());
  };
  server.on('stream', onStream);
  const ended = new Promise<void>((resolve) => socket.on('close', resolve));
  server.emit('connection', plainDuplex(socket));
  await ended;
  server.close();
}

async function refuse(): Promise<void> {
  throw new GrpcError(unimplemented, 'not offered');
}

/** In ms: how often the other side is asked whether it is still there, and how long it may take to say so. */
const patience = { every: 3000, answer: 4000 };

/** A connection may be lost without a word, and a build be quiet for hours. */
function endWhenSilent(session: Http2Session, socket: Duplex): void {
  const timer = setInterval(() => {
    if (session.destroyed) return;
    const lost = setTimeout(() => socket.destroy(new Error('nothing answers any more')), patience.answer);
    session.ping(() => clearTimeout(lost));
  }, patience.every);
  socket.once('close', () => clearInterval(timer));
}

/** Node's HTTP/2 would take the socket's handle and miss what has been read of it already. */
function plainDuplex(socket: Duplex): Duplex {
  const duplex = Duplex.from({ readable: socket, writable: socket });
  duplex.on('error', () => {});
  socket.on('close', () => duplex.destroy());
  return duplex;
}

function sender(stream: ServerHttp2Stream): GrpcCall['send'] {
  return (...messages) =>
    new Promise((resolve, reject) => {
      if (!stream.writable) {
        reject(new EngineError('unreachable', say`The connection was lost.`));
        return;
      }
      stream.write(Buffer.concat(messages.map(frame)), (error) => (error ? reject(error) : resolve()));
    });
}

function metadataOf(rawHeaders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const values = all.get(name);
    if (values === undefined) all.set(name, [rawHeaders[at + 1] ?? '']);
    else values.push(rawHeaders[at + 1] ?? '');
  }
  return all;
}

/** Not compressed, then the length. */
function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

async function* messages(stream: ClientHttp2Stream | ServerHttp2Stream): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  // Who stops reading may still have something to say.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 5) {
      const end = 5 + rest.readUInt32BE(1);
      if (rest.length < end) break;
      yield rest.subarray(5, end);
      rest = rest.subarray(end);
    }
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

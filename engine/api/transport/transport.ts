import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { createAgent, socketOptions } from './agent.ts';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import { type Endpoint, formatEndpoint } from './endpoint.ts';

export interface TransportRequest {
  readonly method: string;
  /** With the version prefix and the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Readable;
  readonly signal: AbortSignal;
  /** How long, in ms, an engine that lives may leave this one call without a byte of an answer; absent: as long as it likes. */
  readonly answerWithin?: number;
}

/** The engine refused, with its own words. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }
}

/** In ms. */
export interface Patience {
  /** How long an answer, or the next part of one, may take before the engine is asked whether it is still there. */
  readonly reply: number;
  /** The same for the next part of a stream, which may well be quiet. */
  readonly stream: number;
  /** How long the engine may take to say that it is. */
  readonly probe: number;
  /** How long an answer may come slowly: beyond that, something has to come of it. */
  readonly answer: number;
}

const slowness = { bytesPerSecond: 1000 };

/** In bytes: what a call may answer that is not streamed. Tens of thousands of containers are less. */
const longestAnswer = 256 * 2 ** 20;

/** In bytes, of each socket. The engine goes on reading logs while these wait to be pulled; less makes it and us take turns. */
const buffering = { highWaterMark: 128 * 1024 };

const usualPatience: Patience = { reply: 4000, stream: 4000, probe: 4000, answer: 60_000 };

/** Over SSH a probe is a connection, and that a process, of its own. */
export function patienceWith({ kind }: Endpoint): Patience {
  return kind === 'ssh' ? { ...usualPatience, stream: 15_000 } : usualPatience;
}

/** How often in that time it is looked whether something has come: what falls silent is noticed so much late at most. */
export const looks = 4;

/**
 * HTTP to one endpoint. Below dockerode, because docker-modem never settles when a reply is cut in the middle of its body, knows no Docker contexts
 * and no system ssh, and has no answer to an engine that accepts a connection and says nothing more.
 *
 * Guarantees: every call settles once the engine has answered, gone away or fallen silent, or the signal has fired; an aborted call leaves no socket.
 * Rejects with `HttpError`, a socket's error, the signal's `AbortError`, or an `EngineError` for an engine that fell silent.
 */
export class Transport {
  readonly endpoint: Endpoint;
  readonly #agent: Agent;
  readonly #sockets = new Set<Duplex>();
  readonly #patience: Patience;
  readonly #longest: number;
  /** A probe in flight is shared by all who wait. */
  #probe: Promise<boolean> | undefined;
  /** When the last probe that was answered began. */
  #aliveAt = Number.NEGATIVE_INFINITY;

  private constructor(endpoint: Endpoint, agent: Agent, patience: Patience, longest: number) {
    this.endpoint = endpoint;
    this.#agent = agent;
    this.#patience = patience;
    this.#longest = longest;
  }

  /** Connects to nothing yet. */
  static async to(
    endpoint: Endpoint,
    patience: Patience = patienceWith(endpoint),
    longest: number = longestAnswer,
  ): Promise<Transport> {
    return new Transport(endpoint, await createAgent(endpoint), patience, longest);
  }

  /** The whole body. */
  async text(
    request: TransportRequest,
  ): Promise<{ readonly headers: IncomingMessage['headers']; readonly body: string }> {
    if (!isRead(request)) return await this.#textOnce(request, true);
    try {
      return await this.#textOnce(request, false);
    } catch (error) {
      // Asking again is harmless for a read: the kept connection was closed meanwhile, or only this one connection hangs.
      if (isRetryable(error) && !request.signal.aborted) return await this.#textOnce(request, true);
      throw error;
    }
  }

  /** The head has come; the body is read as it is pulled. The caller owns the stream: destroying it destroys the socket. */
  async stream(request: TransportRequest): Promise<IncomingMessage> {
    const response = await this.#open(request, this.#patience.stream, true);
    this.#watchStream(response, request.signal);
    return response;
  }

  /** The connection itself, after the engine agreed to stop speaking HTTP on it. The caller owns the socket. */
  async hijack(request: TransportRequest): Promise<Duplex> {
    const { signal } = request;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const outgoing = this.#send(
        { ...request, headers: { Upgrade: 'tcp', ...request.headers, Connection: 'Upgrade' } },
        reject,
      );
      const stop = this.#watch(outgoing, this.#patience.reply, true);
      outgoing.on('upgrade', (_response, socket: Duplex, head: Buffer) => {
        stop();
        if (signal.aborted) {
          socket.destroy();
          reject(signal.reason);
          return;
        }
        if (head.length > 0) socket.unshift(head);
        const abort = () => socket.destroy();
        signal.addEventListener('abort', abort, { once: true });
        socket.on('close', () => signal.removeEventListener('abort', abort));
        // A hijacked socket reports its end to whoever reads it; without a listener an error would end the process.
        socket.on('error', () => {});
        resolve(socket);
      });
      outgoing.on('response', (response: IncomingMessage) => {
        stop();
        readRefusal(response).then(
          (body) =>
            reject(
              isSuccess(response.statusCode)
                ? new HttpError(501, 'what answers does not hand over the connection (a proxy in between?)')
                : httpError(response, body),
            ),
          reject,
        );
      });
      outgoing.on('close', stop);
    });
  }

  /** Destroys every socket, idle or not. */
  close(): void {
    this.#agent.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #textOnce(request: TransportRequest, patient: boolean) {
    const response = await this.#open(request, this.#patience.reply, patient);
    const stop = this.#watch(response, this.#patience.reply, patient, request);
    try {
      return { headers: response.headers, body: await this.#readAll(response, request) };
    } finally {
      stop();
    }
  }

  #open(request: TransportRequest, limit: number, patient: boolean): Promise<IncomingMessage> {
    request.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const outgoing = this.#send(request, reject);
      const stop = this.#watch(outgoing, limit, patient, request);
      outgoing.on('close', stop);
      outgoing.on('response', (response: IncomingMessage) => {
        stop();
        if (isSuccess(response.statusCode)) {
          // Until someone reads it, a broken connection must not end the process.
          response.on('error', () => {});
          resolve(response);
        } else readRefusal(response).then((body) => reject(httpError(response, body)), reject);
      });
      // Without a listener Node closes the connection and says nothing.
      outgoing.on('upgrade', (_response, socket: Duplex) => {
        socket.destroy();
        reject(new HttpError(502, 'it wants to speak something else than HTTP'));
      });
    });
  }

  #send(request: TransportRequest, reject: (error: unknown) => void): ClientRequest {
    const { body, signal } = request;
    const headers: Record<string, string | number> = { Host: 'docker', ...request.headers };
    if (typeof body === 'string') {
      headers['Content-Type'] ??= 'application/json';
      headers['Content-Length'] = Buffer.byteLength(body);
    } else if (body === undefined && request.method !== 'GET') headers['Content-Length'] = 0;
    const outgoing = httpRequest({
      ...socketOptions(this.endpoint),
      ...buffering,
      agent: this.#agent,
      method: request.method,
      path: request.path,
      headers,
      signal,
    });
    outgoing.on('socket', (socket) => this.#track(socket));
    outgoing.on('error', (error) =>
      reject(outgoing.reusedSocket ? Object.assign(error, { reusedSocket: true }) : error),
    );
    if (typeof body === 'object') {
      body.on('error', (error) => outgoing.destroy(error));
      outgoing.on('close', () => body.destroy());
      body.pipe(outgoing);
    } else outgoing.end(body);
    return outgoing;
  }

  #track(socket: Duplex): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /**
   * Asks the engine for a sign of life whenever nothing has come for `limit` ms; none: destroys what waits. With `patient` false, a
   * living engine that keeps this one connection waiting is given up on too, so that the caller can ask again on another one; with `request`, when
   * the time that it has is over.
   */
  #watch(
    waiting: ClientRequest | IncomingMessage,
    limit: number,
    patient: boolean,
    request?: TransportRequest,
  ): () => void {
    const { answerWithin = Number.POSITIVE_INFINITY } = request ?? {};
    const wait = Math.min(limit, answerWithin);
    let quietSince = performance.now();
    let askedAt = quietSince;
    let seen = bytesRead(waiting);
    // A kept connection comes with a count of its own.
    if ('reusedSocket' in waiting) waiting.once('socket', () => (seen = bytesRead(waiting)));
    let isAsking = false;
    const timer = setInterval(async () => {
      const before = seen;
      seen = bytesRead(waiting);
      if (seen !== before) quietSince = performance.now();
      if (isAsking || performance.now() - Math.max(quietSince, askedAt) < wait) return;
      isAsking = true;
      // Streams may be quiet for long, and many at once: what one of them was told holds for all.
      const isAlive = (request === undefined && this.#wasAlive(wait)) || (await this.#isAlive());
      isAsking = false;
      askedAt = performance.now();
      if (isAlive && bytesRead(waiting) !== seen) return;
      const isOver = performance.now() - quietSince >= answerWithin;
      if (isAlive && patient && !isOver) return;
      clearInterval(timer);
      if (!isAlive) waiting.destroy(this.#silent());
      else waiting.destroy(request !== undefined && isOver ? this.#unanswered(request) : new StalledError());
    }, wait / looks);
    timer.unref();
    return () => clearInterval(timer);
  }

  #watchStream(response: IncomingMessage, signal: AbortSignal): void {
    const stop = this.#watch(response, this.#patience.stream, true);
    const abort = () => response.destroy(asError(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    response.once('close', () => {
      stop();
      signal.removeEventListener('abort', abort);
    });
  }

  #isAlive(): Promise<boolean> {
    const began = performance.now();
    this.#probe ??= this.#ping()
      .then((isAlive) => {
        if (isAlive) this.#aliveAt = began;
        return isAlive;
      })
      .finally(() => {
        this.#probe = undefined;
      });
    return this.#probe;
  }

  #wasAlive(within: number): boolean {
    return performance.now() - this.#aliveAt < within;
  }

  #ping(): Promise<boolean> {
    return new Promise((resolve) => {
      const outgoing = httpRequest({
        ...socketOptions(this.endpoint),
        agent: this.#agent,
        method: 'GET',
        path: '/_ping',
        headers: { Host: 'docker', Connection: 'close' },
        signal: AbortSignal.timeout(this.#patience.probe),
      });
      outgoing.on('response', (response: IncomingMessage) => {
        response.resume();
        resolve(true);
      });
      outgoing.on('upgrade', (_response, socket: Duplex) => {
        socket.destroy();
        resolve(false);
      });
      outgoing.on('error', () => resolve(false));
      outgoing.end();
    });
  }

  /** In memory, and so of a limited size: what may be larger is streamed. */
  async #readAll(response: IncomingMessage, request: TransportRequest): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    const began = performance.now();
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > this.#longest) throw this.#tooLong(request);
      const passed = performance.now() - began;
      // A change tells of its progress as it likes.
      const isSlow = passed > this.#patience.answer && size * 1000 < passed * slowness.bytesPerSecond;
      if (isSlow && isRead(request)) throw this.#tooSlow(request);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #tooLong(request: TransportRequest): EngineError {
    return new EngineError(
      'engine',
      say`The Docker Engine at ${formatEndpoint(this.endpoint)} answers "${callOf(request)}" with more than ${Math.round(this.#longest / 2 ** 20)} MB. Check which program is listening there.`,
    );
  }

  #unanswered(request: TransportRequest): EngineError {
    const [at, call] = [formatEndpoint(this.endpoint), callOf(request)];
    const seconds = Math.round((request.answerWithin ?? 0) / 1000);
    return new EngineError(
      'engine',
      isRead(request)
        ? say`The Docker Engine at ${at} is running, but has not answered "${call}" for ${seconds} s. Check its log, then try again.`
        : say`The Docker Engine at ${at} is running, but has not answered "${call}" for ${seconds} s. It may still carry out the request. Check its log, then try again.`,
    );
  }

  #tooSlow(request: TransportRequest): EngineError {
    return new EngineError(
      'engine',
      say`The Docker Engine at ${formatEndpoint(this.endpoint)} answers "${callOf(request)}" too slowly: less than ${slowness.bytesPerSecond} bytes a second. Check what is between here and there, then try again.`,
    );
  }

  #silent(): EngineError {
    return new EngineError(
      'unreachable',
      say`The Docker Engine at ${formatEndpoint(this.endpoint)} has stopped answering. Check that it is running, then try again.`,
    );
  }
}

/** The engine answers, but not on this connection. */
class StalledError extends Error {
  constructor() {
    super('the engine did not answer in time');
    this.name = 'StalledError';
  }
}

function isRead({ method }: TransportRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** For people: without the version of the API, and without what may be long or secret. */
function callOf({ method, path }: TransportRequest): string {
  return `${method} ${path.replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '')}`;
}

function isRetryable(error: unknown): boolean {
  return error instanceof StalledError || (error instanceof Error && 'reusedSocket' in error);
}

function bytesRead(waiting: ClientRequest | IncomingMessage): number {
  const socket = waiting.socket;
  return socket === null || socket === undefined ? 0 : (socket.bytesRead ?? 0);
}

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && ((status >= 200 && status < 300) || status === 304);
}

/** What is said of a refusal is shortened; more than this is not read. */
const longestRefusal = 64 * 1024;

async function readRefusal(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    // Ends the loop's iteration, which destroys the response.
    if (size > longestRefusal) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function httpError(response: IncomingMessage, body: string): HttpError {
  return new HttpError(response.statusCode ?? 0, messageOf(body) || (response.statusMessage ?? ''));
}

function messageOf(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    if (
      typeof value === 'object' &&
      value !== null &&
      'message' in value &&
      typeof value.message === 'string'
    )
      return value.message;
  } catch {
    // Not every proxy in between speaks JSON.
  }
  return body.trim().slice(0, 2000);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import type { Offer } from '#engine/api/buildkit/session-services.ts';
import { inspectBuilder, type OpenBuildKit, solve, type SolveRequest } from '#engine/api/buildkit/solve.ts';

const offer: Offer = {
  sources: new Map(),
  secrets: new Map(),
  agents: new Map(),
  credentials: async () => undefined,
};
const request: SolveRequest = {
  attributes: {},
  tags: ['app'],
  entitlements: ['security.insecure'],
  cacheExports: [],
  sharedKey: '',
};

type Answer = (stream: ServerHttp2Stream, peer: Peer) => void;

/** A builder at the other end of real sockets that answers each call as it is told to, or never. */
interface Peer {
  readonly open: OpenBuildKit;
  readonly sessions: readonly Socket[];
  /** The connections that are still open. */
  readonly connections: () => number;
  cut(): void;
}

const servers: Server[] = [];
const opened = new Set<Socket>();

afterEach(() => {
  for (const socket of opened) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function peerThat(answers: Readonly<Record<string, Answer>>): Promise<Peer> {
  const sessions: Socket[] = [];
  const controls: Socket[] = [];
  const http2 = createHttp2Server();
  http2.on('sessionError', () => {});
  http2.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    answers[String(headers[':path']).replace(/.*\//, '')]?.(stream, peer);
  });
  const control = await listen((socket) => {
    controls.push(socket);
    http2.emit('connection', socket);
  });
  const session = await listen((socket) => sessions.push(socket));
  const peer: Peer = {
    open: async (head, signal) => {
      const socket = connect(head === undefined ? control : session, '127.0.0.1');
      opened.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => opened.delete(socket));
      signal.addEventListener('abort', () => socket.destroy());
      await new Promise((resolve) => socket.once('connect', resolve));
      return socket;
    },
    sessions,
    connections: () => opened.size,
    cut: () => {
      for (const each of controls) each.destroy();
    },
  };
  return peer;
}

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onSocket(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Ends a call with a status and without an answer. */
const ends =
  (status: number, message = ''): Answer =>
  (stream) =>
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': status, 'grpc-message': message },
      { endStream: true },
    );

/** Begins well, says something, and ends with a status. */
const endsLater =
  (status: number, message = ''): Answer =>
  (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status, 'grpc-message': message }));
    stream.end(Buffer.from([0, 0, 0, 0, 0]));
  };

const begins: Answer = (stream) => stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
const never: Answer = () => {};

async function build({ open }: Peer, signal = new AbortController().signal): Promise<number> {
  let messages = 0;
  for await (const _ of solve(open, request, offer, signal, 20)) messages++;
  return messages;
}

const refusal = 'granting entitlement security.insecure is not allowed by build daemon configuration';

describe('a build ends with its reason', () => {
  it.each<[string, Answer, Answer]>([
    ['never answers', ends(2, refusal), never],
    ['begins and says no more', ends(2, refusal), begins],
    ['has not found the build', ends(2, refusal), ends(2, 'no such job')],
    ['is over before', endsLater(2, refusal), endsLater(0)],
  ])('that BuildKit refused, when its status %s', async (_name, Solve, Status) => {
    const peer = await peerThat({ Solve, Status });
    await expect(build(peer)).rejects.toMatchObject({ message: `${refusal}.`, kind: 'engine' });
    await expect.poll(peer.connections).toBe(0);
  });

  it('that is in no percent-encoding', async () => {
    const peer = await peerThat({ Solve: ends(2, '100% of %zz, caf%C3%A9'), Status: never });
    await expect(build(peer)).rejects.toThrow('100% of %zz, café');
  });

  it.each<[string, Answer, RegExp]>([
    [
      'answers with another protocol',
      (stream) => stream.respond({ ':status': 403 }, { endStream: true }),
      /403/,
    ],
    ['resets the call', (stream) => stream.close(7), /REFUSED_STREAM/],
    ['cuts the connection', (_stream, peer) => peer.cut(), /connection to the builder was lost/],
    ['says goodbye', (stream) => stream.session?.goaway(11, 0, Buffer.from('too busy')), /too busy/],
    ['closes the session', (_stream, peer) => peer.sessions.at(-1)?.destroy(), /builder was lost/],
  ])('when the builder %s', async (_name, Solve, message) => {
    const peer = await peerThat({ Solve, Status: begins });
    await expect(build(peer)).rejects.toThrow(message);
    await expect(build(peer)).rejects.toBeInstanceOf(EngineError);
    await expect.poll(peer.connections).toBe(0);
  });

  it('which is none where the image was built and only its progress was lost', async () => {
    const peer = await peerThat({ Solve: endsLater(0), Status: ends(2, 'no such job') });
    await expect(build(peer)).resolves.toBe(0);
    const quiet = await peerThat({ Solve: endsLater(0), Status: begins });
    await expect(build(quiet)).resolves.toBe(0);
  });

  it('which is that it was cancelled, when it was', async () => {
    const abort = new AbortController();
    const peer = await peerThat({ Solve: () => abort.abort(), Status: begins });
    await expect(build(peer, abort.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    await expect.poll(peer.connections).toBe(0);
  });
});

it('asking what the builder is ends with its reason too', async () => {
  const peer = await peerThat({ ListWorkers: ends(12, 'unknown method ListWorkers') });
  await expect(inspectBuilder(peer.open, new AbortController().signal)).rejects.toThrow('unknown method');
  await expect.poll(peer.connections).toBe(0);
});

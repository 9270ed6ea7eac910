import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { ExecSession } from '../exec/exec.ts';
import type { Tunnel } from './tunnel.ts';

export interface ReverseTunnelOptions {
  /** Starts the relay that listens in the container, and speaks in frames. */
  readonly open: (signal: AbortSignal) => Promise<ExecSession>;
  /** The port of 127.0.0.1 here that connections are led to; absent: one that is free now, for who will listen on it. */
  readonly port?: number;
  readonly onTrouble?: (text: string) => void;
}

/** Before a relay that ended by itself, with its container for example, is started again, in ms. */
const pause = 500;

/**
 * The tunnel the other way round: what connects to a port of the container's own loopback reaches 127.0.0.1 of this machine, over one stream of the
 * engine. Resolves when the relay listens; rejects (`unsupported`) with what it says when it cannot. Until it is closed, a relay that ends is started
 * again.
 */
export async function openReverseTunnel(options: ReverseTunnelOptions): Promise<Tunnel> {
  const { onTrouble } = options;
  const port = options.port ?? (await freePort());
  const closing = new AbortController();
  const { signal } = closing;
  const { ended } = await relayed(options, port, signal);
  const goOn = async (end: Promise<string>): Promise<void> => {
    for (let ends = end; !signal.aborted; ) {
      const said = await ends;
      if (said !== '') onTrouble?.(said);
      await delay(pause, undefined, { signal });
      const next = await relayed(options, port, signal).catch(() => undefined);
      ends = next?.ended ?? Promise.resolve('');
    }
  };
  goOn(ended).catch(() => {});
  return { port, close: () => closing.abort() };
}

/** Runs one relay: resolves when it listens. `ended` resolves with what it had to say. */
async function relayed(
  { open }: ReverseTunnelOptions,
  port: number,
  signal: AbortSignal,
): Promise<{ readonly ended: Promise<string> }> {
  const session = await open(signal);
  const sockets = new Map<number, Socket>();
  const frames = new FrameReader();
  let said = '';
  return new Promise((resolve, reject) => {
    const read = async () => {
      for await (const { stream, data } of session.output) {
        if (stream === 'stderr') said += Buffer.from(data).toString('utf8');
        else
          for (const [id, bytes] of frames.read(data)) {
            if (id === 0) resolve({ ended });
            else await carry(session, sockets, id, bytes, port);
          }
      }
    };
    const ended = read()
      .catch((error: unknown) => {
        if (!signal.aborted) said += error instanceof Error ? error.message : String(error);
      })
      .then(() => {
        for (const socket of sockets.values()) socket.destroy();
        session.close();
        const text = signal.aborted ? '' : said.trim();
        // Once it has listened, nobody hears this.
        reject(new EngineError('unsupported', say`The relay for the debugger does not start: ${text}`));
        return text;
      });
  });
}

/** What came from the container, to the socket here that stands for its connection. */
async function carry(
  session: ExecSession,
  sockets: Map<number, Socket>,
  id: number,
  bytes: Buffer,
  port: number,
): Promise<void> {
  const known = sockets.get(id);
  if (bytes.length === 0) {
    sockets.delete(id);
    known?.end();
    return;
  }
  const socket = known ?? dial(session, sockets, id, port);
  if (!socket.write(bytes) && !socket.connecting && !socket.destroyed)
    await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
}

function dial(session: ExecSession, sockets: Map<number, Socket>, id: number, port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  sockets.set(id, socket);
  socket
    .on('data', (data: Buffer) => {
      if (session.write(frame(id, data))) return;
      socket.pause();
      void session.drained().then(() => socket.resume());
    })
    // Nobody listens here, or who did has gone: the program goes on.
    .on('error', () => {})
    .on('close', () => {
      if (sockets.delete(id)) session.write(frame(id, Buffer.alloc(0)));
    });
  return socket;
}

function frame(id: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(id, 0);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

/** Frames of a stream that cuts them anywhere. */
class FrameReader {
  #rest = Buffer.alloc(0);

  *read(data: Uint8Array): Generator<readonly [id: number, bytes: Buffer]> {
    this.#rest = Buffer.concat([this.#rest, data]);
    while (this.#rest.length >= 8) {
      const end = 8 + this.#rest.readUInt32BE(4);
      if (this.#rest.length < end) return;
      const [id, bytes] = [this.#rest.readUInt32BE(0), this.#rest.subarray(8, end)];
      this.#rest = this.#rest.subarray(end);
      yield [id, bytes];
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

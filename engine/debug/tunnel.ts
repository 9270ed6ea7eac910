import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { ExecSession } from '../exec/exec.ts';

export interface Tunnel {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Ends all connections, and takes no more. */
  close(): void;
}

export interface TunnelOptions {
  /** Asked for each connection: a command in the container whose input and output are the other end. */
  readonly open: (signal: AbortSignal) => Promise<ExecSession>;
  /** The port to listen on, if it is free; absent: any. */
  readonly port?: number;
  /** A connection that could not be made, or what the relay had to say when it ended. */
  readonly onTrouble?: (text: string) => void;
}

/**
 * Listens on 127.0.0.1 of this machine and carries each connection over a stream of the engine to a port in a container, so that nothing has to be
 * published. Both directions wait for who is slower. Nobody else on the network can reach it.
 */
export async function openTunnel(options: TunnelOptions): Promise<Tunnel> {
  const closing = new AbortController();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    void carry(socket, options, closing.signal);
  });
  const port = await listen(server, options.port).catch(() => listen(server, 0));
  return {
    port,
    close() {
      closing.abort();
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

async function carry(
  socket: Socket,
  { open, onTrouble }: TunnelOptions,
  closing: AbortSignal,
): Promise<void> {
  const abort = new AbortController();
  const end = () => abort.abort();
  closing.addEventListener('abort', end, { once: true });
  socket.on('error', end).on('close', end);
  // What arrives waits until there is somewhere to go.
  socket.pause();
  try {
    const session = await open(abort.signal);
    socket.on('close', () => session.close());
    socket.on('data', (data) => {
      if (session.write(data)) return;
      socket.pause();
      void session.drained().then(() => socket.resume());
    });
    socket.on('end', () => session.end());
    socket.resume();
    const said: string[] = [];
    for await (const { stream, data } of session.output) {
      if (stream === 'stderr') said.push(Buffer.from(data).toString('utf8'));
      else if (!socket.write(data) && !socket.destroyed) await drained(socket);
    }
    socket.end();
    const text = said.join('').trim();
    if (text !== '') onTrouble?.(text);
  } catch (error) {
    if (!abort.signal.aborted) onTrouble?.(error instanceof Error ? error.message : String(error));
    socket.destroy();
  } finally {
    closing.removeEventListener('abort', end);
  }
}

/** Also once it is closed. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

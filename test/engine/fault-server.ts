import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a connection does once a request's head has come; `close` ends the connection. */
export type Behaviour = (socket: Socket, head: string) => void;

/** A listener on a socket of its own, in place of an engine: it answers, byte by byte, what a test tells it to. */
export class FaultServer {
  readonly path: string;
  readonly #folder: string;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** The first lines of all requests so far. */
  readonly requests: string[] = [];

  private constructor(folder: string, behave: (path: string) => Behaviour) {
    this.#folder = folder;
    this.path = join(folder, 'engine.sock');
    this.#server = createServer((socket) => {
      this.#open.add(socket);
      socket.on('close', () => this.#open.delete(socket));
      socket.on('error', () => {});
      let head = '';
      const onData = (chunk: Buffer) => {
        head += chunk.toString('latin1');
        if (!head.includes('\r\n\r\n')) return;
        socket.off('data', onData);
        const line = head.slice(0, head.indexOf('\r\n'));
        this.requests.push(line);
        behave(line.split(' ')[1] ?? '')(socket, head);
      };
      socket.on('data', onData);
    });
  }

  static async listen(behave: (path: string) => Behaviour): Promise<FaultServer> {
    const server = new FaultServer(await mkdtemp(join(tmpdir(), 'composure-fault-')), behave);
    await new Promise<void>((resolve) => server.#server.listen(server.path, resolve));
    return server;
  }

  /** Connections that the client has not closed yet. */
  get connections(): number {
    return this.#open.size;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export const respond =
  (text: string, status = '200 OK'): Behaviour =>
  (socket) =>
    socket.end(
      `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
    );

/** Sends this much and then cuts the connection. */
export const cutAfter =
  (text: string): Behaviour =>
  (socket) =>
    socket.write(text, () => socket.destroy());

/** Sends this much and then nothing more, for ever. */
export const stallAfter =
  (text: string): Behaviour =>
  (socket) => {
    if (text !== '') socket.write(text);
  };

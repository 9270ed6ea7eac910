import { mkdtemp, rm } from 'node:fs/promises';
import { connect as dialSocket, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the proxy does to an answer: pass it on, cut it after so many bytes, stop passing it on after so many, or answer 500 itself. */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'cut' | 'stall'; readonly after: number }
  | { readonly kind: 'refuse' };

/** A socket in front of the engine's: it counts connections, and spoils answers when told to. */
export class EngineProxy {
  readonly host: string;
  readonly #folder: string;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #all = new Set<Socket>();
  /** Which fault a request meets, by its first line. */
  faultOf: (requestLine: string) => Fault = () => ({ kind: 'none' });

  private constructor(folder: string, target: string) {
    this.#folder = folder;
    this.host = `unix://${join(folder, 'proxy.sock')}`;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#join(client, target));
  }

  static async listen(host: string): Promise<EngineProxy> {
    const folder = await mkdtemp(join(tmpdir(), 'composure-proxy-'));
    const proxy = new EngineProxy(folder, host.replace('unix://', ''));
    await new Promise<void>((resolve) => proxy.#server.listen(join(folder, 'proxy.sock'), resolve));
    return proxy;
  }

  /** Connections that the client has not closed, or half-closed. */
  get connections(): number {
    return this.#open.size;
  }

  async close(): Promise<void> {
    for (const socket of this.#all) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }

  #join(client: Socket, target: string): void {
    this.#open.add(client);
    this.#all.add(client);
    const engine = dialSocket({ path: target, allowHalfOpen: true });
    const gone = () => this.#open.delete(client);
    // One that is destroyed looks like one that has no more to say.
    client.on('error', () => {}).on('end', gone);
    client.on('close', () => {
      gone();
      this.#all.delete(client);
      engine.destroy();
    });
    engine.on('error', () => client.destroy()).on('close', () => client.end());
    client.once('data', (head: Buffer) => {
      const fault = this.faultOf(head.subarray(0, head.indexOf('\r\n')).toString('latin1'));
      if (fault.kind === 'refuse') {
        client.end(
          'HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 25\r\n\r\n{"message": "out of luck"}',
        );
        return;
      }
      engine.write(head);
      client.pipe(engine);
      if (fault.kind === 'none') {
        engine.pipe(client);
        return;
      }
      let left = fault.after;
      engine.on('data', (data: Buffer) => {
        if (left > 0) client.write(data.subarray(0, left));
        left -= data.length;
        if (left <= 0 && fault.kind === 'cut') client.destroySoon();
      });
    });
  }
}

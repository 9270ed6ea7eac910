import { mkdtemp, rm } from 'node:fs/promises';
import { connect as dialSocket, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';

/**
 * What the proxy does to an answer: pass it on, at once or a few bytes at a time; cut it after so many bytes (or a few bytes after its head), stop
 * passing it on there, or answer 500 itself.
 */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'cut' | 'stall'; readonly after: number | 'head' }
  | { readonly kind: 'refuse' };

const bytesAfterHead = 10;

/** Each with a turn of the event loop of its own. */
async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes)
    for (let at = 0; at < chunk.length; at += 5) {
      await new Promise((resolve) => setImmediate(resolve));
      yield chunk.subarray(at, at + 5);
    }
}

const message = '{"message": "out of luck"}';
const refusal = `HTTP/1.1 500 Oops\r\nConnection: close\r\nContent-Length: ${message.length}\r\n\r\n${message}`;

/** A socket in front of the engine's: it counts connections, and spoils answers when told to. */
export class EngineProxy {
  readonly host: string;
  readonly #folder: string;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #all = new Set<Socket>();
  /** The first line of what was last asked on a connection that is open. */
  readonly #asked = new Map<Socket, string>();
  /** For how long every part of an answer is held, in ms: only of a proxy that was opened to hold answers. */
  holdFor = 0;
  /** The answers of such a proxy: when the last request before it came, and when it was passed on. Unix time, ms. */
  readonly answers: { readonly asked: number; readonly passed: number }[] = [];
  readonly #holds: boolean;
  /** Which fault a request meets, by its first line. */
  faultOf: (requestLine: string) => Fault = () => ({ kind: 'none' });
  /** First lines of the requests there were, of connections that are used again too. */
  readonly requests: string[] = [];

  private constructor(folder: string, target: string, holds: boolean) {
    this.#folder = folder;
    this.#holds = holds;
    this.host = `unix://${join(folder, 'proxy.sock')}`;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#join(client, target));
  }

  static async listen(host: string, { holds = false } = {}): Promise<EngineProxy> {
    const folder = await mkdtemp(join(tmpdir(), 'composure-proxy-'));
    const proxy = new EngineProxy(folder, host.replace('unix://', ''), holds);
    await new Promise<void>((resolve) => proxy.#server.listen(join(folder, 'proxy.sock'), resolve));
    return proxy;
  }

  /** Connections that the client has not closed, or half-closed. */
  get connections(): number {
    return this.#open.size;
  }

  /** Connections that are open and were last asked for such a thing. A kept connection that waits for the next request counts too. */
  openRequests(line: RegExp): number {
    return [...this.#asked].filter(([socket, asked]) => this.#open.has(socket) && line.test(asked)).length;
  }

  /** Cuts every connection there is. */
  cut(): void {
    for (const socket of this.#all) socket.destroy();
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
      this.#asked.delete(client);
      engine.destroy();
    });
    engine.on('error', () => client.destroy());
    let asked = 0;
    client.on('data', (data: Buffer) => {
      asked = Date.now();
      for (const [line] of data
        .toString('latin1')
        .matchAll(/^(GET|HEAD|POST|PUT|DELETE) \/\S* HTTP\/1\.1$/gm)) {
        this.requests.push(line);
        this.#asked.set(client, line);
      }
    });
    client.once('data', (head: Buffer) => {
      const fault = this.faultOf(head.subarray(0, head.indexOf('\r\n')).toString('latin1'));
      if (fault.kind === 'refuse') {
        client.end(refusal);
        return;
      }
      engine.write(head);
      client.pipe(engine);
      // One that stalls says nothing more, not even goodbye.
      if (fault.kind !== 'stall')
        engine.on('close', () => {
          if (this.#holds) setTimeout(() => client.end(), this.holdFor);
          else client.end();
        });
      if (fault.kind === 'none' && this.#holds) {
        // In their order, also when they are no longer held.
        let before: Promise<unknown> = Promise.resolve();
        engine.on('data', (data: Buffer) => {
          const of = asked;
          before = Promise.all([before, delay(this.holdFor)]).then(() => {
            this.answers.push({ asked: of, passed: Date.now() });
            client.write(data);
          });
        });
        return;
      }
      if (fault.kind === 'none') {
        engine.pipe(client);
        return;
      }
      if (fault.kind === 'slow') {
        pipeline(engine, inPieces, client).catch(() => client.destroy());
        return;
      }
      if (fault.kind === 'cut') engine.on('end', () => client.end());
      let passed = 0;
      let limit = fault.after === 'head' ? undefined : fault.after;
      let answer = '';
      engine.on('data', (data: Buffer) => {
        if (limit === undefined) {
          answer += data.toString('latin1');
          const end = answer.indexOf('\r\n\r\n');
          if (end >= 0) limit = end + 4 + bytesAfterHead;
        }
        client.write(data.subarray(0, Math.max(0, (limit ?? Number.POSITIVE_INFINITY) - passed)));
        passed += data.length;
        if (limit !== undefined && passed >= limit && fault.kind === 'cut') client.destroySoon();
      });
    });
  }
}

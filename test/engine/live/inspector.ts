import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

/** Speaks the protocol of Node's inspector with the one that is reached at a port here, as VS Code's debugger does. */
export async function inspectorClient(port: number) {
  const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const { webSocketDebuggerUrl } = (targets as readonly { webSocketDebuggerUrl: string }[])[0] ?? {};
  const { pathname } = new URL(webSocketDebuggerUrl ?? '');
  const request = get({
    port,
    path: pathname,
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    },
  });
  const [, socket] = (await once(request, 'upgrade')) as [IncomingMessage, Duplex];
  const seen: Message[] = [];
  const waiting = new Set<() => void>();
  let rest = Buffer.alloc(0);
  socket
    .on('error', () => {})
    .on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      for (;;) {
        const found = frameIn(rest);
        if (found === undefined) break;
        seen.push(JSON.parse(rest.toString('utf8', found.start, found.end)));
        rest = rest.subarray(found.end);
      }
      for (const look of [...waiting]) look();
    });
  const arrives = (fits: (message: Message) => boolean): Promise<Message> =>
    new Promise((resolve) => {
      const look = () => {
        const found = seen.find(fits);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  let count = 0;
  return {
    async ask(method: string, params: unknown = {}): Promise<Readonly<Record<string, unknown>>> {
      count += 1;
      const id = count;
      socket.write(masked(JSON.stringify({ id, method, params })));
      const { result, error } = await arrives((message) => message.id === id);
      if (result === undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
      return result;
    },
    /** The event of this name after `already` of them. */
    async event(method: string, already = 0): Promise<Readonly<Record<string, unknown>>> {
      const events = () => seen.filter((each) => each.method === method);
      await arrives(() => events().length > already);
      return events()[already]?.params ?? {};
    },
    close: () => socket.destroy(),
  };
}

/** Where the text of the first whole frame is; the server does not mask. */
function frameIn(data: Buffer): { readonly start: number; readonly end: number } | undefined {
  if (data.length < 2) return undefined;
  const short = (data[1] ?? 0) & 127;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (data.length < start) return undefined;
  const length =
    short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
  return data.length < start + length ? undefined : { start, end: start + length };
}

/** One frame of text, as clients have to send it. */
function masked(text: string): Buffer {
  const data = Buffer.from(text);
  const head = Buffer.alloc(4);
  head[0] = 0x81;
  head[1] = 0x80 | 126;
  head.writeUInt16BE(data.length, 2);
  const key = randomBytes(4);
  return Buffer.concat([head, key, data.map((byte, at) => byte ^ (key[at % 4] ?? 0))]);
}

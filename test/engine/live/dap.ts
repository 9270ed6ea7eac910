import { once } from 'node:events';
import { connect } from 'node:net';

export interface DapMessage {
  readonly type: 'request' | 'response' | 'event';
  readonly seq: number;
  readonly request_seq?: number;
  readonly event?: string;
  readonly success?: boolean;
  readonly message?: string;
  // What is in it differs from request to request.
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Speaks the Debug Adapter Protocol with an adapter that listens here, as VS Code does. */
export async function dapClient(port: number) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const seen: DapMessage[] = [];
  const waiting = new Set<() => void>();
  let rest = Buffer.alloc(0);
  let lost = false;
  const look = () => {
    for (const each of [...waiting]) each();
  };
  socket
    .on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      for (;;) {
        const end = rest.indexOf('\r\n\r\n');
        const length = Number(/Content-Length: (\d+)/i.exec(rest.toString('utf8', 0, Math.max(end, 0)))?.[1]);
        if (end < 0 || rest.length < end + 4 + length) break;
        seen.push(JSON.parse(rest.toString('utf8', end + 4, end + 4 + length)));
        rest = rest.subarray(end + 4 + length);
      }
      look();
    })
    .on('error', () => {})
    .on('close', () => {
      lost = true;
      look();
    });

  const arrives = (fits: (message: DapMessage) => boolean): Promise<DapMessage> =>
    new Promise((resolve, reject) => {
      const check = () => {
        const found = seen.find(fits);
        if (found === undefined && !lost) return;
        waiting.delete(check);
        if (found !== undefined) resolve(found);
        else reject(new Error(`The adapter has gone. It said: ${JSON.stringify(seen.slice(-5))}`));
      };
      waiting.add(check);
      check();
    });

  let count = 0;
  return {
    /** Rejects with what the adapter says when it refuses. */
    async request(command: string, args: unknown = {}): Promise<Readonly<Record<string, unknown>>> {
      count += 1;
      const seq = count;
      const text = JSON.stringify({ seq, type: 'request', command, arguments: args });
      socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      const answer = await arrives(({ type, request_seq }) => type === 'response' && request_seq === seq);
      if (answer.success !== true) throw new Error(`${command}: ${JSON.stringify(answer)}`);
      return answer.body ?? {};
    },
    /** The first event of this name, also one that has been. */
    event: (name: string) => arrives(({ type, event }) => type === 'event' && event === name),
    close: () => socket.destroy(),
  };
}

export type DapClient = Awaited<ReturnType<typeof dapClient>>;

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Listens on 127.0.0.1 for Xdebug, and speaks DBGp with whoever calls first, as the editor's extension does. */
export async function dbgpListener() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const calls = once(server, 'connection') as Promise<[Socket]>;
  return {
    port: (server.address() as AddressInfo).port,
    /** Resolves when a program calls; `init` is what it says of itself. */
    async called() {
      const [socket] = await calls;
      const packets = packetsOf(socket);
      const next = async () => (await packets.next()).value as string;
      let count = 0;
      return {
        init: await next(),
        /** The answer to a command, as XML. */
        async send(command: string, args = ''): Promise<string> {
          count += 1;
          socket.write(`${command} -i ${count}${args === '' ? '' : ` ${args}`}\0`);
          for (;;) {
            const answer = await next();
            if (answer.includes(`transaction_id="${count}"`)) return answer;
          }
        },
        end: () => socket.destroy(),
      };
    },
    close: () => server.close(),
  };
}

/** Each is its length, a zero byte, XML, a zero byte. */
async function* packetsOf(socket: Socket): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const data of socket as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const zero = rest.indexOf(0);
      const end = zero + 1 + Number(rest.toString('utf8', 0, Math.max(zero, 0)));
      if (zero < 0 || rest.length <= end) break;
      yield rest.toString('utf8', zero + 1, end);
      rest = rest.subarray(end + 1);
    }
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished, test } from 'vitest';
import { readXdebug } from '#engine/debug/open-php.ts';
import { reverseRelayCommand } from '#engine/debug/reverse-relay.ts';
import { openReverseTunnel } from '#engine/debug/reverse-tunnel.ts';
import type { ExecSession } from '#engine/exec/exec.ts';

async function listening(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, onSocket).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The relay that runs on this machine; PHP's is alike, and runs where PHP is. */
function relayAt(port: number): { readonly session: ExecSession; readonly child: ChildProcess } {
  const [program = '', ...args] = reverseRelayCommand({ tool: 'python', program: 'python3' }, port);
  const child = spawn(program, args);
  onTestFinished(() => void child.kill('SIGKILL'));
  const { stdin, stdout, stderr } = child;
  const output = async function* () {
    for await (const data of stdout as AsyncIterable<Buffer>) yield { stream: 'stdout', data } as const;
    for await (const data of stderr as AsyncIterable<Buffer>) yield { stream: 'stderr', data } as const;
  };
  return {
    child,
    session: {
      output: output(),
      write: (data) => stdin.write(data),
      drained: async () => void (await once(stdin, 'drain')),
      end: () => void stdin.end(),
      close: () => void stdin.end(),
      resize: async () => {},
      exitCode: once(child, 'exit').then(([code]) => Number(code)),
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answerOf(port: number, text: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {}).write(text);
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('connections at once, each with what is its own, in both directions', async () => {
  // Answers with as much as it was told, and ends.
  const port = await listening((socket) =>
    socket.once('data', (data) => socket.end(data.toString().repeat(20_000))),
  );
  const there = await freePort();
  const { session, child } = relayAt(there);
  const tunnel = await openReverseTunnel({ open: async () => session, port });
  const words = ['ann,', 'bob,', 'eve,'];
  const answers = await Promise.all(words.map((word) => answerOf(there, word)));
  expect(answers.map((answer) => answer === `${answer.slice(0, 4)}`.repeat(20_000))).toEqual([
    true,
    true,
    true,
  ]);
  expect(answers.map((answer) => answer.slice(0, 4))).toEqual(words);
  tunnel.close();
  session.close();
  if (child.exitCode === null) await once(child, 'exit');
});

it('where nobody listens here, the connection there ends', async () => {
  const there = await freePort();
  const tunnel = await openReverseTunnel({ open: async () => relayAt(there).session });
  onTestFinished(() => tunnel.close());
  expect(await answerOf(there, 'hello')).toBe('');
});

it('a port that is taken there is said', async () => {
  const there = await listening(() => {});
  await expect(openReverseTunnel({ open: async () => relayAt(there).session })).rejects.toThrow(
    /The relay for the debugger does not start: .*Address already in use/s,
  );
});

it('a relay that has ended is started again', async () => {
  const port = await listening((socket) => socket.end('here'));
  const there = await freePort();
  const started: ChildProcess[] = [];
  const tunnel = await openReverseTunnel({
    open: async () => {
      const { session, child } = relayAt(there);
      started.push(child);
      return session;
    },
    port,
  });
  onTestFinished(() => tunnel.close());
  started[0]?.kill();
  await expect.poll(() => answerOf(there, 'hello'), { timeout: 20_000 }).toBe('here');
  expect(started).toHaveLength(2);
});

test.each<[string, ReturnType<typeof readXdebug>]>([
  [
    '\n{"modes":["debug"],"host":"localhost","port":9003}\n',
    { modes: ['debug'], host: 'localhost', port: 9003 },
  ],
  [
    'Xdebug: [Step Debug] Could not connect\n\n{"modes":[],"host":"127.0.0.1","port":0}\n',
    { modes: [], host: '127.0.0.1', port: 9003 },
  ],
  // Without Xdebug, or with one older than 3.
  ['\n{"modes":null,"host":false,"port":0}\n', undefined],
  ['Segmentation fault', undefined],
])('what Xdebug is set to: %j', (text, expected) => {
  expect(readXdebug(text)).toEqual(expected);
});

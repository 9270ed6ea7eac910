import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { bestRelay, type Relay, relayCommand } from '#engine/debug/relay.ts';

/** Those that are here; the others are alike, and Ruby, socat and nc need a container that has them. */
const relays: readonly Relay[] = [
  { tool: 'node', program: process.execPath },
  { tool: 'python', program: 'python3' },
  { tool: 'perl', program: 'perl' },
  { tool: 'bash', program: 'bash' },
];

async function listening(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer(onSocket).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Whether it has ended by now or not yet. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

function start(relay: Relay, port: number) {
  const [program = '', ...args] = relayCommand(relay, port);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe.each(relays)('a relay by $tool', (relay) => {
  it('carries much in both directions, unchanged, and ends with its input', async () => {
    const port = await listening((socket) => socket.on('error', () => {}).pipe(socket));
    const child = start(relay, port);
    const { stdin, stdout } = child;
    const sent = Buffer.from(Array.from({ length: 2_000_000 }, (_, at) => (at * 7919) % 256));
    stdin.write(sent);
    const received: Buffer[] = [];
    let length = 0;
    for await (const chunk of stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      received.push(chunk);
      length += chunk.length;
      if (length >= sent.length) break;
    }
    expect(Buffer.concat(received).equals(sent)).toBe(true);
    stdin.end();
    await ended(child);
  });

  it('ends with the connection', async () => {
    const port = await listening((socket) => socket.end('bye'));
    const child = start(relay, port);
    const said = await child.stdout.toArray();
    expect(Buffer.concat(said).toString()).toBe('bye');
    await ended(child);
  });
});

test.each<[readonly string[], Relay | undefined, Relay | undefined]>([
  [[], undefined, undefined],
  [['/bin/bash', '/usr/bin/nc'], undefined, { tool: 'nc', program: '/usr/bin/nc' }],
  [['/bin/python3', '/usr/bin/socat'], undefined, { tool: 'socat', program: '/usr/bin/socat' }],
  // What runs the program already stands for those of its kind, and for all that come after.
  [['/usr/bin/nc', '/bin/bash'], { tool: 'node', program: '/n' }, { tool: 'node', program: '/n' }],
  [['/bin/python3'], { tool: 'node', program: '/n' }, { tool: 'python', program: '/bin/python3' }],
  [['/bin/python3'], { tool: 'python', program: '/venv/p' }, { tool: 'python', program: '/venv/p' }],
])('of %j beside %j the best is %j', (paths, own, expected) => {
  expect(bestRelay(paths, own)).toEqual(expected);
});

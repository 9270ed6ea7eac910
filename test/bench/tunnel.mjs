// Messages to a program in a container and back, through a published port and through the debuggers' tunnel, with the relay
// that is taken where Python is in the image and with the one where nothing lighter than Node is: one after the other for the latency, all
// at once for the throughput.
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, whyNoEngine } from '../../scripts/lib/engine.mjs';
import { debugImage, seedDebugImage } from '../../scripts/lib/debug-images.mjs';
import { script } from '../../scripts/lib/processes.mjs';
import { freePort } from '../../scripts/lib/vscode.mjs';
import { importEngine } from './engine-library.mjs';

const count = 10_000;
/** About what a debugger says at a step. */
const message = Buffer.alloc(512, 'x');

await script(async ({ atEnd }) => {
  const reason = await whyNoEngine();
  if (reason !== undefined) {
    console.log(`not measured: ${reason}`);
    return 0;
  }
  const running = process.env.COMPOSURE_TEST_HOST;
  const own = running ? undefined : await startEngine();
  if (own) atEnd(own.stop);
  const host = running ?? own?.host ?? '';
  await seedDebugImage(host.replace('unix://', ''));
  const folder = await mkdtemp(join(tmpdir(), 'composure-bench-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  const library = await importEngine(folder);
  const signal = new AbortController().signal;
  const engine = await library.connect(
    { host, environment: {}, home: tmpdir(), platform: process.platform },
    signal,
  );
  atEnd(() => engine.close());
  const published = await freePort();
  const echo =
    "require('net').createServer({ noDelay: true }, (s) => s.pipe(s)).listen(7000, () => console.log('ready'))";
  const { id } = await engine.createContainer(
    {
      name: `bench-tunnel-${process.pid}`,
      body: {
        Image: debugImage,
        Cmd: ['node', '-e', echo],
        ExposedPorts: { '7000/tcp': {} },
        HostConfig: { PortBindings: { '7000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(published) }] } },
      },
    },
    signal,
  );
  atEnd(() => engine.removeContainer(id, { force: true }, signal));
  await engine.startContainer(id, signal);
  /** @param {{ tool: string, program: string }} relay */
  const tunnelBy = async (relay) => {
    const at = { port: 7000, relay };
    const tunnel = await library.openTunnel({ open: (stop) => library.connectTo(engine, id, at, stop) });
    atEnd(() => tunnel.close());
    return tunnel.port;
  };

  console.log(`${count.toLocaleString('en')} messages of ${message.length} bytes, there and back`);
  let direct = 0;
  for (const [name, port] of [
    ['published port', published],
    ['tunnel, python3', await tunnelBy({ tool: 'python', program: 'python3' })],
    ['tunnel, node', await tunnelBy({ tool: 'node', program: 'node' })],
  ]) {
    const { median, p99 } = await oneByOne(port);
    const perSecond = await allAtOnce(port);
    direct ||= median;
    console.log(
      `${name.padEnd(16)}median ${median.toFixed(3)} ms  p99 ${p99.toFixed(3)} ms  ${Math.round(perSecond).toLocaleString('en')} messages/s  added ${(median - direct).toFixed(3)} ms`,
    );
  }
  return 0;
});

/** Connects once the program answers. @param {number} port */
async function answering(port) {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const first = await new Promise((resolve) => {
      socket.once('data', () => resolve(true)).once('close', () => resolve(false));
      socket.on('error', () => {}).write('a');
    });
    if (first) return socket;
  }
}

/** @param {number} port */
async function oneByOne(port) {
  const socket = await answering(port);
  /** @type {number[]} */
  const times = [];
  for (let at = 0; at < count; at++) {
    const begun = performance.now();
    await new Promise((resolve) => {
      let left = message.length;
      const take = (/** @type {Buffer} */ data) => {
        left -= data.length;
        if (left > 0) return;
        socket.off('data', take);
        resolve(undefined);
      };
      socket.on('data', take).write(message);
    });
    times.push(performance.now() - begun);
  }
  socket.destroy();
  times.sort((a, b) => a - b);
  return { median: times[count / 2] ?? 0, p99: times[Math.floor(count * 0.99)] ?? 0 };
}

/** @param {number} port */
async function allAtOnce(port) {
  const socket = await answering(port);
  const begun = performance.now();
  await new Promise((resolve) => {
    let left = message.length * count;
    socket.on('data', (data) => {
      left -= data.length;
      if (left <= 0) resolve(undefined);
    });
    for (let at = 0; at < count; at++) socket.write(message);
  });
  socket.destroy();
  return count / ((performance.now() - begun) / 1000);
}

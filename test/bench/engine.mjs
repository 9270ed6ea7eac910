// npm run bench:engine: the same work with Docker Compose and with this command line, as whole processes on one private engine, in turns; and an Up
// with nothing to do in a process that runs already, as the editor has it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEngine, whyNoEngine } from '../../scripts/lib/engine.mjs';
import { seedImages } from '../../scripts/lib/images.mjs';
import { run, script } from '../../scripts/lib/processes.mjs';
import { SideBySide } from './side-by-side.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const lines = 1_000_000;

/** Healthy once everything has been written. */
const logWriter = `services:
  few: {image: busybox, init: true, command: sh -c "seq 1 ${lines / 10}; touch /done; sleep 1000", healthcheck: {test: "test -e /done", interval: 500ms}}
  all: {image: busybox, init: true, command: sh -c "seq 1 ${lines}; touch /done; sleep 1000", healthcheck: {test: "test -e /done", interval: 500ms, retries: 200}}
`;

await script(async ({ atEnd }) => {
  const reason = await whyNoEngine();
  if (reason !== undefined) {
    console.log(`not measured: ${reason}`);
    return 0;
  }
  await run(process.execPath, [join(root, 'scripts/build.mjs'), 'cli'], { cwd: root });
  const engine = await startEngine();
  atEnd(engine.stop);
  await seedImages(engine);
  const folder = await mkdtemp(join(tmpdir(), 'composure-bench-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));

  const { bin, env } = engine.installed;
  const environment = { ...process.env, ...env, DOCKER_HOST: engine.host };
  const tools = {
    ours: [process.execPath, join(root, 'dist/cli.mjs')],
    theirs: [join(bin, 'docker'), 'compose'],
  };
  const bench = new SideBySide(tools, folder, environment);

  await bench.write('twenty', services(20));
  await bench.write('fifty', services(50));
  await bench.write('hundred', services(100));
  await bench.write('networks', networks(50));
  await bench.write('built', 'services: {app: {build: {context: context}}}');
  await writeContext(join(folder, 'context'), 20_000);
  await bench.write('many', 'services: {app: {image: busybox, command: sleep 1000, scale: 200}}');
  await bench.write('logs', logWriter);

  await bench.compare('up of 20 services from nothing', 5, 'twenty', ['up', '-d'], { after: ['down', '-v'] });
  await bench.compare('down of 20 services', 5, 'twenty', ['down', '-v'], { before: ['up', '-d'] });
  await bench.besideCalls(5, 'twenty', 20);
  await bench.compare('up of 100 services from nothing', 4, 'hundred', ['up', '-d'], {
    after: ['down', '-v', '-t', '0'],
  });
  await bench.besideCalls(3, 'hundred', 100);
  await bench.compare('up with 50 networks', 4, 'networks', ['up', '-d'], { after: ['down', '-t', '0'] });

  await bench.compare('build of 20,000 unchanged files', 6, 'built', ['build']);

  await bench.once('fifty', ['up', '-d']);
  await bench.compare('up of 50 services, nothing to do', 25, 'fifty', ['up', '-d']);
  await bench.warm('the same in a running process', 40, 'fifty', engine.host);
  await bench.once('fifty', ['down', '-v', '-t', '0']);

  await bench.once('many', ['create']);
  await bench.compare('ps of 200 containers', 25, 'many', ['ps', '-a']);
  await bench.once('many', ['down']);

  await bench.once('logs', ['up', '-d', '--wait']);
  await bench.logs('logs of 1,000,000 lines', 4, lines);
  await bench.once('logs', ['down', '-t', '0']);
  console.log(bench.table());
  return 0;
});

/** A service on so many networks. @param {number} count */
function networks(count) {
  const names = Array.from({ length: count }, (_, index) => `n${index}`);
  return `services: {app: {image: busybox, init: true, command: sleep 100000, networks: [${names.join(', ')}]}}
networks: {${names.map((name) => `${name}: {ipam: {config: [{subnet: 10.77.${name.slice(1)}.0/24}]}}`).join(', ')}}
`;
}

/** A build context of so many small files in a hundred folders. @param {string} folder @param {number} count */
async function writeContext(folder, count) {
  for (let group = 0; group < 100; group += 1) {
    const inside = join(folder, `group${group}`);
    await mkdir(inside, { recursive: true });
    for (let index = 0; index < count / 100; index += 1)
      await writeFile(join(inside, `file${index}.txt`), `${group} ${index}\n`);
  }
  await writeFile(join(folder, 'Dockerfile'), 'FROM busybox\nCOPY . /context\n');
}

/** @param {number} count */
function services(count) {
  const one = (/** @type {number} */ index) => `
  s${index}:
    image: busybox
    init: true
    command: sleep 100000
    environment: {A: "${index}", B: "two", C: "three"}
    volumes: ["data:/data"]
    labels: {role: "worker"}
    restart: unless-stopped${index > 5 ? `\n    depends_on: [s${index % 5}]` : ''}`;
  return `services:${Array.from({ length: count }, (_, index) => one(index)).join('')}\nvolumes: {data: {}}\n`;
}

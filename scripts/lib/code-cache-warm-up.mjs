// node code-cache-warm-up.mjs FILE: runs the command line's usual commands against an engine that is none, in this process, and writes down what V8
// has compiled by then. What is not run here is compiled when it is used.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

const [file = ''] = process.argv.slice(2);
// As the command line itself starts: V8 compares flags too.
setFlagsFromString('--interrupt-budget=1000000');
const written = Buffer.alloc(8);
written.writeDoubleLE((await stat(file)).mtimeMs);
const script = new Script(await readFile(file, 'utf8'), {
  filename: file,
});
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(file), module);

// A command that waits for what this engine never does must not keep the build waiting.
setTimeout(() => process.exit(1), 30_000).unref();

const folder = await mkdtemp(join(tmpdir(), 'composure-warm-up-'));
const engine = createServer(answer);
try {
  await writeFile(join(folder, 'compose.yaml'), compose());
  const socket = join(folder, 'engine.sock');
  await new Promise((resolve) => engine.listen(socket, () => resolve(undefined)));
  for (const words of ['config', 'up -d', 'ps', 'logs', 'stop', 'down', 'ls', 'version'])
    await module.exports.run(words.split(' '), surroundings(folder, `unix://${socket}`));
  await writeFile(`${file}.cache`, Buffer.concat([written, script.createCachedData()]));
} finally {
  engine.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit();

/** @param {string} cwd @param {string} host */
function surroundings(cwd, host) {
  const output = {
    isTerminal: false,
    size: () => undefined,
    write: () => {},
    drained: async () => {},
    onResize: () => () => {},
  };
  return {
    input: { isTerminal: false, setRaw: () => {}, async *read() {} },
    output,
    errors: output,
    environment: { DOCKER_HOST: host },
    cwd,
    home: homedir(),
    platform: process.platform,
    onInterrupt: () => () => {},
  };
}

function compose() {
  return `
name: warm
x-common: &common {restart: unless-stopped, init: true}
services:
  web:
    <<: *common
    image: "nginx:\${TAG:-alpine}"
    ports: ["8080:80", "127.0.0.1:9000:9000/udp"]
    environment: [A=1, B]
    depends_on: {db: {condition: service_started}}
    volumes: ["./html:/html:ro", "data:/data"]
  db:
    image: nginx:alpine
    command: ["sleep", "1000"]
    environment: {A: "1"}
    healthcheck: {test: "exit 0", interval: 1s}
    networks: {default: {aliases: [x]}}
volumes: {data: {}}
`;
}

/** Just enough of an engine with one container of each service. @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
function answer(request, response) {
  const path = (request.url ?? '').replace(/^\/v1\.\d+/, '').replace(/\?.*$/, '');
  const send = (/** @type {unknown} */ value, status = 200) => {
    response.writeHead(status, { 'Api-Version': '1.51', Server: 'Docker/28.0.0 (linux)' });
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };
  request.resume();
  if (path === '/_ping') return send('OK');
  if (path.startsWith('/images/')) return send({ Id: 'sha256:1', RepoTags: ['nginx:alpine'], Config: {} });
  if (path === '/containers/json') return send([container('web', 'a1'), container('db', 'b1')]);
  if (path === '/containers/create') return send({ Id: 'c1' }, 201);
  if (path.endsWith('/logs')) return send('\x01\0\0\0\0\0\0\x06hello\n');
  if (path.endsWith('/json'))
    return send({
      Id: 'a1',
      Name: '/warm-web-1',
      Config: { Labels: {}, Env: [], Tty: false },
      State: { Status: 'running', Running: true },
      HostConfig: {},
      NetworkSettings: { Networks: {} },
      Mounts: [],
    });
  if (path === '/networks/create' || path === '/volumes/create')
    return send({ Id: 'n1', Name: 'warm_data' }, 201);
  if (path.startsWith('/networks')) return send([]);
  if (path.startsWith('/volumes')) return send({ Volumes: [] });
  return send({}, 200);
}

/** @param {string} service @param {string} id */
function container(service, id) {
  return {
    Id: id,
    Names: [`/warm-${service}-1`],
    Image: 'nginx:alpine',
    ImageID: 'sha256:1',
    Command: 'nginx',
    Created: 1,
    Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }],
    Labels: {
      'com.docker.compose.project': 'warm',
      'com.docker.compose.service': service,
      'com.docker.compose.container-number': '1',
      'com.docker.compose.config-hash': 'old',
      'com.docker.compose.oneoff': 'False',
    },
    State: 'running',
    Status: 'Up 1 second',
    HostConfig: { NetworkMode: 'warm_default' },
    NetworkSettings: { Networks: { warm_default: { NetworkID: 'n1' } } },
    Mounts: [],
  };
}

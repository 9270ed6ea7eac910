import { createHash } from 'node:crypto';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { explainFailure } from '#engine/failure/explain-failure.ts';
import type { Cause } from '#engine/failure/explanation.ts';
import { gatherFacts } from '#engine/failure/gather-facts.ts';
import { callEngine } from '../../../scripts/lib/engine-api.mjs';
import { dial, hostOf, never } from './engine.ts';
import { eventually, type Stack, stack } from './stack.ts';

interface Scenario {
  /** The service's settings, as YAML in flow style without its braces. */
  readonly service: string;
  readonly expected: Cause;
  /** Something that its explanation has to say. */
  readonly says?: string;
  /** What is waited for; absent: that it has ended. */
  readonly until?: 'running' | 'unhealthy' | 'restarted' | 'none';
  /** Done before it is started, or instead of starting it. */
  readonly act?: 'kill' | 'stop' | 'leave';
}

const sh = (script: string) => `command: [sh, -c, ${JSON.stringify(script.replaceAll('$', '$$$$'))}]`;
const ends = (text: string, code = 1) => sh(`echo ${JSON.stringify(text)} >&2; exit ${code}`);
const port = 21_700;

/** One service each. What the programs say is written by BusyBox itself, or, of programs that are not in the images, as they write it. */
const scenarios: Readonly<Record<string, Scenario>> = {
  program: { service: 'command: [nonexistent, x]', expected: 'program-missing', says: 'nonexistent' },
  shellprogram: { service: sh('gunicorn app:app'), expected: 'program-missing', says: 'gunicorn' },
  executable: { service: 'entrypoint: [/etc/passwd]', expected: 'not-executable', says: '/etc/passwd' },
  format: { service: 'volumes: ["./s:/s"], command: [/s/plain]', expected: 'bad-program-format' },
  architecture: {
    service: 'image: explain-foreign, pull_policy: never',
    expected: 'wrong-architecture',
    says: 'linux/riscv64',
  },
  interpreter: {
    service: 'volumes: ["./s:/s"], command: [/s/windows.sh]',
    expected: 'interpreter-missing',
    says: 'CRLF',
  },
  source: {
    service:
      'volumes: [{type: bind, source: ./gone, target: /g, bind: {create_host_path: false}}], command: [ls]',
    expected: 'mount-source-missing',
    says: 'gone',
  },
  mounttype: { service: 'volumes: ["./s:/etc/passwd"], command: [ls]', expected: 'mount-type' },
  holder: { service: `ports: ["${port}:80"], ${sh('httpd -f -p 80')}`, expected: 'none', until: 'running' },
  taken: {
    service: `ports: ["${port}:80"], ${sh('sleep 600')}`,
    expected: 'port-in-use',
    says: String(port),
  },
  folder: {
    service: 'volumes: ["./locked:/locked"], user: "1000", working_dir: /locked, command: [ls]',
    expected: 'permission',
  },
  user: { service: 'user: ghost, command: [ls]', expected: 'user-missing', says: 'ghost' },
  network: { service: 'networks: [doomed], command: [ls]', expected: 'network-gone' },
  device: {
    service: 'devices: ["/dev/nothere:/dev/nothere"], command: [ls]',
    expected: 'device-missing',
    says: '/dev/nothere',
  },
  memory: {
    service: 'mem_limit: 8m, memswap_limit: 8m, command: [tail, /dev/zero]',
    expected: 'out-of-memory',
    says: '8MiB',
  },
  segfault: {
    service: sh('kill -SEGV $$; sh -c "kill -SEGV \\$\\$"; exit 139'),
    expected: 'crash-signal',
    says: 'SIGSEGV',
  },
  killed: { service: sh('sleep 600'), expected: 'killed', act: 'kill' },
  stopped: {
    service: sh('trap "exit 143" TERM; echo ready; sleep 600 & wait'),
    expected: 'stopped',
    act: 'stop',
  },
  apart: {
    service: `networks: [other], ${sh('wget -q -O- http://backend:3000/')}`,
    expected: 'no-shared-network',
    says: 'backend',
  },
  typo: { service: sh('wget -q -O- http://bakcend/'), expected: 'unresolved-name', says: 'backend' },
  needsdown: { service: sh('wget -q -O- http://killed/'), expected: 'peer-not-running', says: 'killed' },
  itself: { service: sh('nc 127.0.0.1 5432'), expected: 'own-loopback', says: '127.0.0.1' },
  wrongport: {
    service: ends('Error: dial tcp backend:9999: connect: connection refused'),
    expected: 'nobody-listens',
    says: '3000',
  },
  tooearly: {
    service: ends('connection to server at "slow" (172.18.0.9), port 5432 failed: Connection refused'),
    expected: 'peer-still-starting',
    says: 'slow',
  },
  closedpeer: {
    service: ends('Error 111 connecting to inner:6379. Connection refused.'),
    expected: 'listens-on-loopback',
    says: 'inner',
  },
  published: {
    service: `ports: ["${port + 1}:8080"], ${sh('httpd -f -p 3000')}`,
    expected: 'nobody-listens',
    until: 'running',
    says: '3000',
  },
  inner: {
    service: `ports: ["${port + 2}:6379"], ${sh('httpd -f -p 127.0.0.1:6379')}`,
    expected: 'listens-on-loopback',
    until: 'running',
  },
  booting: {
    service: ends('psql: error: FATAL:  the database system is starting up'),
    expected: 'database-starting',
  },
  password: {
    service: ends('FATAL:  password authentication failed for user "shop"'),
    expected: 'credentials',
    says: 'shop',
  },
  variable: { service: sh('set -u; echo $API_KEY'), expected: 'variable-missing', says: 'API_KEY' },
  file: { service: sh('cat /app/config.json'), expected: 'file-missing', says: '/app/config.json' },
  module: {
    service: ends("Error: Cannot find module 'express'"),
    expected: 'module-missing',
    says: 'express',
  },
  permission: { service: `user: "1000", ${sh('echo x > /root/x')}`, expected: 'permission', says: '/root/x' },
  readonly: { service: `read_only: true, ${sh('touch /data/x')}`, expected: 'read-only', says: '/data/x' },
  capability: { service: sh('ip link set lo down'), expected: 'not-permitted' },
  twice: { service: sh('nc -l -p 80 & sleep 1; nc -l -p 80'), expected: 'address-in-use' },
  disk: {
    service: `tmpfs: ["/t:size=8k"], ${sh('dd if=/dev/zero of=/t/x bs=1k count=64')}`,
    expected: 'disk-full',
  },
  argument: { service: 'command: [ls, --nope]', expected: 'wrong-arguments' },
  settings: {
    service: ends('nginx: [emerg] unknown directive "sevrer" in /etc/nginx/conf.d/default.conf:3'),
    expected: 'configuration',
  },
  heap: {
    service: ends('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 134),
    expected: 'heap-limit',
  },
  oldvolume: {
    service: ends('FATAL:  database files are incompatible with server'),
    expected: 'data-version',
  },
  idle: { service: 'image: busybox', expected: 'nothing-to-do' },
  job: { service: sh('echo migrated'), expected: 'ended-well' },
  probe: {
    service: `healthcheck: {test: [CMD, check-my-app], interval: 1s, retries: 1}, ${sh('sleep 600')}`,
    expected: 'probe-program-missing',
    until: 'unhealthy',
    says: 'check-my-app',
  },
  probeport: {
    service: `healthcheck: {test: [CMD, wget, -q, -O-, "http://127.0.0.1:8080/"], interval: 1s, retries: 1}, ${sh('httpd -f -p 3000')}`,
    expected: 'nobody-listens',
    until: 'unhealthy',
    says: '3000',
  },
  probeslow: {
    service: `healthcheck: {test: [CMD, sleep, "30"], interval: 1s, timeout: 1s, retries: 1}, ${sh('sleep 600')}`,
    expected: 'probe-timeout',
    until: 'unhealthy',
  },
  waiting: {
    service: 'depends_on: {probe: {condition: service_healthy}}, command: [ls]',
    expected: 'dependency-failed',
    act: 'leave',
    says: 'probe',
  },
  loop: {
    service: `restart: always, ${sh('cat /etc/missing.conf')}`,
    expected: 'file-missing',
    until: 'restarted',
    says: '/etc/missing.conf',
  },
  backend: { service: sh('httpd -f -p 3000'), expected: 'none', until: 'running' },
  slow: {
    service: `healthcheck: {test: [CMD, "false"], interval: 1s, start_period: 600s, retries: 9}, ${sh('sleep 600')}`,
    expected: 'starting',
    until: 'running',
  },
  // Nothing that a rule is sure of.
  silent: { service: sh('exit 1'), expected: 'unknown' },
  strange: {
    service: ends('the flux is out of phase', 7),
    expected: 'unknown',
    says: 'the flux is out of phase',
  },
  passed: {
    service: sh(
      'echo "connect ECONNREFUSED 127.0.0.1:5432, retrying"; echo "panic: index out of range"; exit 2',
    ),
    expected: 'unknown',
    says: 'index out of range',
  },
  afterwards: {
    service: sh('cat /etc/optional.conf; echo "FATAL: the flux is out of phase" >&2; exit 1'),
    expected: 'unknown',
  },
};

const yaml = `services:
${Object.entries(scenarios)
  .map(
    ([name, { service }]) =>
      `  ${name}: {${service.includes('image:') ? '' : 'image: busybox, '}stop_grace_period: 1s, ${service}}`,
  )
  .join('\n')}
  absent: {image: "explain-nowhere:1"}
  off: {image: busybox, profiles: [never]}
networks: {doomed: {}, other: {}}
`;

describe('why services fail', () => {
  let app: Stack;
  let engine: EnginePort;

  beforeAll(async () => {
    const host = hostOf('engineHost');
    engine = await dial(host);
    app = await stack(host, yaml);
    await mkdir(join(app.folder, 's'));
    await mkdir(join(app.folder, 'gone'));
    await mkdir(join(app.folder, 'locked'), { mode: 0o700 });
    for (const [name, text] of [
      ['plain', 'echo hello\n'],
      ['windows.sh', '#!/bin/sh\r\necho hello\r\n'],
    ] as const) {
      await writeFile(join(app.folder, 's', name), text);
      await chmod(join(app.folder, 's', name), 0o755);
    }
    await callEngine(host.replace('unix://', ''), 'POST', '/images/load?quiet=1', {
      tar: await foreignImage(),
    });
    const made = await app.compose('create', ...Object.keys(scenarios));
    expect(made.err).not.toContain('rror');
    expect(made.code).toBe(0);
    await rm(join(app.folder, 'gone'), { recursive: true });
    await engine.removeNetwork(`${app.name}_doomed`, never);
    // First those that others need, then all at once.
    for (const name of ['holder', 'backend', 'inner', 'slow', 'killed']) await start(name);
    await listening('backend');
    await listening('inner');
    await engine.killContainer(containerOf('killed'), {}, never);
    await Promise.all(Object.keys(scenarios).map(settle));
  });
  afterAll(() => app.remove());

  const containerOf = (name: string) => `${app.name}-${name}-1`;
  const start = (name: string) => engine.startContainer(containerOf(name), never).catch(() => undefined);
  const explained = async (name: string) => {
    const facts = await gatherFacts(engine, { name: app.name }, name, never);
    if (facts === undefined) throw new Error(`no ${name}`);
    return explainFailure(facts);
  };
  const listening = (name: string) =>
    eventually(async () => {
      const facts = await gatherFacts(engine, { name: app.name }, name, never);
      expect([name, facts?.container?.listeners?.length, facts?.lines]).toEqual([
        name,
        expect.any(Number),
        expect.anything(),
      ]);
      expect(facts?.container?.listeners?.length, name).toBeGreaterThan(0);
    });

  async function settle(name: string): Promise<void> {
    const { act, until } = scenarios[name] ?? {};
    if (act === 'leave') return;
    if (name !== 'killed') await start(name);
    if (act === 'stop') {
      // A signal that comes before its trap is set is not the one that is meant.
      await eventually(async () => {
        const facts = await gatherFacts(engine, { name: app.name }, name, never);
        expect(facts?.lines.map(({ text }) => text)).toContain('ready');
      });
      await engine.stopContainer(containerOf(name), { timeout: 10 }, never);
    }
    if (name === 'published' || name === 'probeport') await listening(name);
    await eventually(async () => {
      const { state, health, restartCount } = await engine.inspectContainer(containerOf(name), never);
      if (until === 'restarted') expect(restartCount).toBeGreaterThan(0);
      else if (until === 'unhealthy') expect(health).toBe('unhealthy');
      else if (until === 'running') expect(state).toBe('running');
      else expect([name, state]).toEqual([name, expect.stringMatching(/exited|created/)]);
    });
  }

  it.each(Object.entries(scenarios))('%s', async (name, { expected, says }) => {
    const { cause, what, fixes, evidence } = await explained(name);
    expect([cause, JSON.stringify({ what, fixes, evidence })]).toEqual([
      expected,
      expect.stringContaining(says ?? ''),
    ]);
    if (cause !== 'none') expect(fixes.length).toBeGreaterThan(0);
  });

  it('says it on the command line, with the place in the file', async () => {
    const { out, code } = await app.compose('explain', 'typo');
    expect(code).toBe(1);
    expect(out).toContain('bakcend is neither a service of the project nor a host');
    expect(out).toContain("bad address 'bakcend'");
    expect(out).toMatch(/compose\.yaml:\d+:\d+/);
    expect((await app.compose('explain', 'absent')).out).toContain('explain-nowhere:1 is not on the engine');
    expect((await app.compose('explain', 'off')).out).toContain('a profile that is not active');
    expect((await app.compose('explain', 'nobody')).err).toContain('no such service: nobody');
  });

  it('says what changed since it last worked, and no value of it', async () => {
    const probed = (host: string) =>
      `services:\n  web: {image: busybox, init: true, stop_grace_period: 1s, environment: {DB_PASSWORD: ${host}}, command: [sleep, "600"], healthcheck: {test: '[ "$$DB_PASSWORD" = db-canary ] || exit 1', interval: 200ms, retries: 1}}\n`;
    const other = await stack(hostOf('engineHost'), probed('db-canary'));
    try {
      expect((await other.compose('up', '--detach', '--wait')).code).toBe(0);
      await writeFile(join(other.folder, 'compose.yaml'), probed('bd-canary'));
      expect((await other.compose('up', '--detach')).code).toBe(0);
      await eventually(async () => {
        const { out, code } = await other.compose('explain', 'web');
        expect(code).toBe(1);
        expect(out).toMatch(/was healthy at .*\n.*Configuration: the service's settings/);
        expect(out).not.toContain('canary');
      });
    } finally {
      await other.remove();
    }
  });
});

/** An image with a program for another processor, as `docker save` writes one. */
async function foreignImage(): Promise<Buffer> {
  const program = Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\xf3\0', 'latin1');
  const layer = await tarOf({ app: program });
  const config = {
    architecture: 'riscv64',
    os: 'linux',
    config: { Cmd: ['/app'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] },
  };
  const manifest = [{ Config: 'config.json', RepoTags: ['explain-foreign:latest'], Layers: ['layer.tar'] }];
  return tarOf({
    'layer.tar': layer,
    'config.json': Buffer.from(JSON.stringify(config)),
    'manifest.json': Buffer.from(JSON.stringify(manifest)),
  });
}

async function tarOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name, mode: 0o755 }, content);
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk);
  return Buffer.concat(chunks);
}

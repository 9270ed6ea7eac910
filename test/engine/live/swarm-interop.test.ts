import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';
import { swarmTurn, takeTurn } from '../../../scripts/lib/turn.mjs';
import { runCommand } from '../../cli/run-command.ts';
import { files as stackFiles, twentyStacks } from './swarm-stacks.ts';

/** What a stack can say, but for what only one of the two tools carries over. */
const everything = `services:
  full:
    image: nginx:alpine
    command: ["sh", "-c", "sleep 1000"]
    environment: { B: "2", A: "1" }
    labels: { inner: "x" }
    hostname: "{{.Service.Name}}-{{.Task.Slot}}"
    user: "0:0"
    working_dir: /tmp
    stop_grace_period: 3s
    stop_signal: SIGKILL
    tty: false
    stdin_open: true
    read_only: true
    init: true
    cap_add: [NET_ADMIN]
    cap_drop: [ALL]
    sysctls: { net.core.somaxconn: "1024" }
    ulimits: { nproc: 65535, nofile: { soft: 20000, hard: 40000 } }
    extra_hosts: ["one:10.0.0.1", "two:10.0.0.2"]
    dns: [8.8.8.8]
    dns_search: [example.org]
    healthcheck: { test: ["CMD", "true"], interval: 2s, timeout: 1s, retries: 2, start_period: 1s }
    logging: { driver: json-file, options: { max-size: 1m } }
    volumes:
      - data:/data
      - { type: volume, source: opts, target: /opts, read_only: true, volume: { nocopy: true } }
      - { type: volume, target: /anon }
      - { type: bind, source: /tmp, target: /host, bind: { propagation: rslave } }
      - { type: tmpfs, target: /t, tmpfs: { size: 1048576 } }
    ports:
      - { target: 80, published: 18741, protocol: tcp, mode: host }
      - { target: 81, published: 18742, protocol: udp, mode: host }
    networks:
      front: { aliases: [www] }
      back: {}
    secrets:
      - one
      - { source: two, target: /run/two, uid: "103", gid: "104", mode: 0440 }
    configs:
      - { source: conf, target: /etc/conf, uid: "5", gid: "6", mode: 0400 }
      - tpl
    deploy:
      mode: replicated
      replicas: 2
      endpoint_mode: dnsrr
      labels: { outer: "y" }
      placement:
        constraints: ["node.role == manager", "node.labels.none != x"]
        preferences: [{ spread: node.labels.zone }]
        max_replicas_per_node: 3
      resources:
        limits: { cpus: '0.5', memory: 64M, pids: 100 }
        reservations: { cpus: '0.1', memory: 16M, generic_resources: [{ discrete_resource_spec: { kind: gpu, value: 2 } }] }
      restart_policy: { condition: on-failure, delay: 5s, max_attempts: 3, window: 120s }
      update_config: { parallelism: 2, delay: 10s, failure_action: rollback, monitor: 2s, max_failure_ratio: 0.3, order: start-first }
      rollback_config: { parallelism: 0, delay: 1s, failure_action: continue, monitor: 3s, max_failure_ratio: 0.1, order: stop-first }
  bare:
    ports: ["18743-18744:80-81"]
    image: busybox
    command: sleep 1000
    stop_signal: SIGKILL
  zero:
    image: busybox
    command: sleep 1000
    stop_signal: SIGKILL
    networks: [extnet]
    deploy: { replicas: 0, endpoint_mode: vip, update_config: {}, rollback_config: { delay: 1s }, restart_policy: {}, resources: {} }
  each:
    image: busybox
    command: sleep 1000
    stop_signal: SIGKILL
    restart: on-failure:4
    deploy: { mode: global, update_config: { parallelism: 0 } }
  always:
    image: busybox
    command: sleep 1000
    stop_signal: SIGKILL
    restart: always
    env_file: [e.env]
    healthcheck: { disable: true }
    deploy: { resources: { limits: { cpus: '0.25' } } }
  unless:
    image: busybox
    restart: unless-stopped
    entrypoint: ["sleep"]
    command: ["1000"]
    stop_signal: SIGKILL
    cap_add: [SYS_TIME]
    networks: [host]
    secrets: [ext]
    deploy: { placement: { constraints: [node.role==manager] } }
  no:
    image: busybox
    restart: "no"
    command: sleep 1000
    stop_signal: SIGKILL
    stop_grace_period: 1m30s
  job:
    image: busybox
    command: ["true"]
    deploy: { mode: replicated-job, replicas: 3, restart_policy: { condition: none } }
  gjob:
    image: busybox
    command: ["true"]
    deploy: { mode: global-job, restart_policy: { condition: none } }
volumes:
  data: { labels: { v: "1" } }
  opts: { driver: local, driver_opts: { type: tmpfs, device: tmpfs } }
networks:
  front: { attachable: true, labels: { n: "1" }, driver_opts: { encrypted: "true" } }
  back: { internal: true, ipam: { config: [{ subnet: 10.201.3.0/24 }] } }
  extnet: { external: true, name: outside }
  host: { external: true, name: host }
secrets:
  one: { file: ./one.txt, labels: { s: "1" } }
  two: { file: ./one.txt, name: named_two, template_driver: golang }
  ext: { external: true, name: there }
configs:
  conf: { file: ./one.txt }
  tpl: { file: ./one.txt, template_driver: golang, labels: { c: "1" } }
`;

let engine: Engine;
let folder: string;

let endTurn: () => Promise<void>;
beforeAll(async () => {
  endTurn = await takeTurn(swarmTurn);
  engine = await startEngine();
  await seedImages(engine);
  folder = await mkdtemp(join(tmpdir(), 'composure-swarm-'));
  await writeFile(join(folder, 'all.yml'), everything);
  await writeFile(join(folder, 'one.txt'), 'hello');
  await writeFile(join(folder, 'e.env'), 'E1=1\nE2=2\n');
  for (const [name, text] of Object.entries(stackFiles)) await writeFile(join(folder, name), text);
  for (const [name, text] of Object.entries(twentyStacks)) await writeFile(join(folder, `${name}.yml`), text);
  await theirs('swarm', 'init', '--advertise-addr', '127.0.0.1');
  await theirs('network', 'create', '--driver', 'overlay', 'outside');
  await theirs('secret', 'create', 'there', 'one.txt');
  await theirs('volume', 'create', 'theirs');
});
afterAll(async () => {
  // Whatever went wrong before: the engine is stopped.
  await theirs('swarm', 'leave', '--force').catch(() => '');
  await theirs('network', 'rm', 'docker_gwbridge').catch(() => '');
  await engine.stop();
  await endTurn();
  await rm(folder, { recursive: true, force: true });
});

const ours = (...words: readonly string[]) =>
  runCommand(words, { cwd: folder, environment: { DOCKER_HOST: engine.host, HOME: folder } });
async function theirs(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(engine.installed.bin, 'docker'), words, {
    cwd: folder,
    env: { ...process.env, ...engine.installed.env, DOCKER_HOST: engine.host },
  });
  return stdout;
}

const file = ['--resolve-image', 'never', '-c', 'all.yml'];
type Json = { readonly [key: string]: unknown };

/** All objects of the swarm that are not built in, without what differs from one making to the next. */
async function objects(): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  const networks = new Map<string, string>();
  for (const [kind, list] of [
    ['network', ['network', 'ls', '-q', '--no-trunc', '--filter', 'scope=swarm']],
    ['secret', ['secret', 'ls', '-q']],
    ['config', ['config', 'ls', '-q']],
    ['service', ['service', 'ls', '-q']],
  ] as const) {
    const ids = (await theirs(...list)).split('\n').filter((id) => id !== '');
    const all: readonly Json[] = JSON.parse(await theirs(kind, 'inspect', ...ids));
    for (const each of all) {
      if (kind === 'network') networks.set(String(each.Id), String(each.Name));
      const made = kind === 'network' ? withoutMaking(each) : each.Spec;
      const name = kind === 'network' ? each.Name : (each.Spec as Json).Name;
      found[`${kind} ${name}`] = JSON.parse(
        JSON.stringify(made, (key, value) =>
          key === 'SecretID' || key === 'ConfigID' ? '' : (networks.get(value) ?? value),
        ),
      );
    }
  }
  return found;
}

function withoutMaking({
  Labels,
  Internal,
  Attachable,
  Driver,
  Options,
  EnableIPv6,
  Name,
  IPAM,
}: Json): Json {
  const options = { ...(Options as Json) };
  delete options['com.docker.network.driver.overlay.vxlanid_list'];
  // Where the file names no addresses the engine picks them.
  // Of the network that the swarm itself makes, the engine says either.
  return {
    Labels: Labels ?? {},
    Internal,
    Attachable,
    Driver,
    options,
    EnableIPv6,
    ...(Name === 'demo_back' && { IPAM }),
  };
}

/** Waits for what a removal leaves to the engine. */
async function gone(): Promise<void> {
  await expect
    .poll(() => theirs('network', 'ls', '-q', '--filter', 'label=com.docker.stack.namespace=demo'), {
      timeout: 60_000,
    })
    .toBe('');
}

it('is the same to the engine as what docker stack deploy makes of the file, and either goes on with it', async () => {
  await theirs('stack', 'deploy', '-d', ...file, 'demo');
  const made = await objects();
  expect(Object.keys(made).length).toBeGreaterThan(15);
  expect(await ours('stack', 'deploy', '-d', ...file, 'demo')).toMatchObject({ status: 0 });
  expect(await objects()).toEqual(made);
  expect(await replaced()).toEqual([]);

  expect(await ours('stack', 'rm', 'demo')).toMatchObject({ status: 0 });
  await gone();
  expect(await ours('stack', 'deploy', '-d', ...file, 'demo')).toMatchObject({ status: 0 });
  expect(await objects()).toEqual(made);
  await theirs('stack', 'deploy', '-d', ...file, 'demo');
  expect(await replaced()).toEqual([]);
  await theirs('stack', 'rm', 'demo');
  await gone();
});

/** The tasks that were told to go, and not because they had ended by themselves. */
async function replaced(): Promise<readonly string[]> {
  return (await theirs('stack', 'ps', 'demo', '--format', '{{.Name}} {{.DesiredState}} {{.CurrentState}}'))
    .split('\n')
    .filter((line) => / Shutdown (?!Failed|Rejected)/.test(line) && !/job/.test(line));
}

const deployOf = (name: string) => [
  'stack',
  'deploy',
  '-d',
  '--resolve-image',
  'never',
  '-c',
  `${name}.yml`,
  name,
];
const stacks = Object.keys(twentyStacks);
type Deploy = (name: string) => Promise<unknown>;
const byDocker: Deploy = (name) => theirs(...deployOf(name));
const byUs: Deploy = async (name) => expect(await ours(...deployOf(name)), name).toMatchObject({ status: 0 });

/** Two at a time: the engine is asked for much else meanwhile. */
async function each(names: readonly string[], act: Deploy): Promise<void> {
  const rest = [...names];
  const work = async () => {
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) await act(name);
  };
  await Promise.all([work(), work()]);
}

/** The tasks that are to run, by their ids, in order. */
async function wantedTasks(): Promise<readonly string[]> {
  const ids = (await theirs('service', 'ls', '-q')).split('\n').filter((id) => id !== '');
  const filter = ['--filter', 'desired-state=running'];
  return (await theirs('service', 'ps', '-q', '--no-trunc', ...filter, ...ids)).split('\n').sort();
}

/** The swarm works off what it is told in order: once this service is made anew, all others have been looked at. */
async function workedOff(service: string): Promise<void> {
  const tasks = () =>
    theirs('service', 'ps', '-q', '--no-trunc', '--filter', 'desired-state=running', service);
  const before = await tasks();
  await theirs('service', 'update', '--force', '-d', '-q', service);
  await expect.poll(tasks).not.toBe(before);
}

it.each<[string, Deploy, Deploy]>([
  ['docker, then we', byDocker, byUs],
  ['we, then docker', byUs, byDocker],
])('replaces no task of 20 stacks that the other tool deployed: %s', async (_order, first, second) => {
  // Nothing starts on a node that takes no tasks, which is quick, and a task that waits is replaced as one that runs.
  const node = (await theirs('node', 'ls', '-q')).trim();
  await theirs('node', 'update', '--availability', 'drain', node);
  try {
    await each(stacks, first);
    const [before, tasks] = [await objects(), await wantedTasks()];
    expect(tasks.length).toBeGreaterThan(40);
    for (const name of stacks) {
      const { output } = await ours('--dry-run', ...deployOf(name));
      expect(output, name).not.toMatch(/its tasks|Creating/);
    }
    await each(stacks, second);
    expect(await objects()).toEqual(before);
    await writeFile(join(folder, 'last.yml'), 'services: { w: { image: busybox } }');
    await byDocker('last');
    await workedOff('last_w');
    const after = await wantedTasks();
    expect(tasks.filter((id) => !after.includes(id))).toEqual([]);
    expect((await ours('stack', 'rm', '-d', ...stacks, 'last')).errors).toBe('');
  } finally {
    await theirs('node', 'update', '--availability', 'active', node);
  }
});

it('reports 20 of 20 updates that are taken back at once, with the reason', async () => {
  const failing = (command: string) => `services:
  w:
    image: busybox
    command: ${command}
    stop_signal: SIGKILL
    deploy: { restart_policy: { condition: none }, update_config: { failure_action: rollback, monitor: 30s }, rollback_config: { monitor: 1ms } }
# Twenty overlay networks would take longer than what is tested.
networks: { default: { name: host, external: true } }
`;
  await writeFile(join(folder, 'good.yml'), failing('sleep 1000'));
  await writeFile(join(folder, 'bad.yml'), failing('"false"'));
  const names = Array.from({ length: 20 }, (_, at) => `back${at}`);
  const deploy = (file: string, name: string, ...more: readonly string[]) =>
    ours('stack', 'deploy', '--resolve-image', 'never', '-c', file, ...more, name);
  await each(names, (name) => deploy('good.yml', name, '-d'));
  const running = () => theirs('service', 'ls', '--filter', 'name=back', '--format', '{{.Replicas}}');
  await expect.poll(running).toBe('1/1\n'.repeat(20));
  const ended = await Promise.all(names.map((name) => deploy('bad.yml', name)));
  for (const { status, errors } of ended)
    expect({ status, errors }).toEqual({
      status: 1,
      errors: expect.stringMatching(
        /The update of back\d+_w failed and was rolled back: .*(?:non-zero exit|failure or early termination)/,
      ),
    });
  expect(await ours('stack', 'rm', ...names)).toMatchObject({ status: 0 });
}, 300_000);

it('names what a failed deploy has made, and removes it with --clean, and nothing else', async () => {
  await writeFile(
    join(folder, 'fails.yml'),
    `services:
  w: { image: busybox, configs: [mine], credential_spec: { config: mine, file: both.json } }
configs: { mine: { file: one.txt } }
`,
  );
  const failed = await ours(...deployOf('fails'));
  expect(failed).toMatchObject({ status: 1 });
  expect(failed.errors).toContain('Made before it failed: network fails_default, config fails_mine.');
  expect(await theirs('config', 'ls', '-q', '--filter', 'name=fails_mine')).not.toBe('');
  expect(await ours('stack', 'rm', 'fails')).toMatchObject({ status: 0 });
  expect(await ours(...deployOf('fails').toSpliced(2, 0, '--clean'))).toMatchObject({ status: 1 });
  expect(await theirs('config', 'ls', '-q', '--filter', 'name=fails_mine')).toBe('');
  expect(await theirs('network', 'ls', '-q', '--filter', 'name=fails_default')).toBe('');
});

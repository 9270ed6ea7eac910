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
  await theirs('swarm', 'init', '--advertise-addr', '127.0.0.1');
  await theirs('network', 'create', '--driver', 'overlay', 'outside');
  await theirs('secret', 'create', 'there', 'one.txt');
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
  return { Labels, Internal, Attachable, Driver, options, EnableIPv6, ...(Name === 'demo_back' && { IPAM }) };
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

/** The tasks that were told to go. */
async function replaced(): Promise<readonly string[]> {
  return (await theirs('stack', 'ps', 'demo', '--format', '{{.Name}} {{.DesiredState}}'))
    .split('\n')
    .filter((line) => / Shutdown$/.test(line) && !/job/.test(line));
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';
import { swarmTurn, takeTurn } from '../../../scripts/lib/turn.mjs';
import { runCommand } from '../../cli/run-command.ts';
import { dial, never } from './engine.ts';

/**
 * The routing mesh needs the firewall, which the test engines leave alone: the port is published in mode host, each task's on a port that the
 * engine picks, so that three fit on one node.
 */
const production = (conf: string, more = '') => `services:
  web:
    image: nginx:alpine
    ports: [{ target: 80, mode: host }]
    configs: [{ source: conf, target: /etc/site.conf }]
    deploy:
      replicas: 3
      resources: { limits: { cpus: '0.50', memory: 64M } }
      update_config: { parallelism: 2, order: start-first, monitor: 500ms }
      rollback_config: { parallelism: 0, monitor: 500ms }
  db:
    image: postgres:13
    environment: { POSTGRES_PASSWORD_FILE: /run/secrets/db_password, POSTGRES_PASSWORD: x }
    secrets: [db_password]
    volumes: ['data:/var/lib/postgresql/data']
    deploy: { placement: { constraints: [node.role == manager] }, update_config: { monitor: 500ms } }
${more}
volumes: { data: {} }
configs: { conf: { content: '${conf}' } }
secrets: { db_password: { file: ./password.txt } }
`;

let engine: Engine;
let folder: string;

let endTurn: () => Promise<void>;
beforeAll(async () => {
  endTurn = await takeTurn(swarmTurn);
  engine = await startEngine();
  await seedImages(engine);
  folder = await mkdtemp(join(tmpdir(), 'composure-swarm-'));
  await write('prod.yml', production('a'));
  await write('password.txt', 'first');
});
afterAll(async () => {
  await ours('swarm', 'leave', '--force');
  // Not the swarm's, and a bridge of the machine.
  await theirs('network', 'rm', 'docker_gwbridge');
  await engine.stop();
  await endTurn();
  await rm(folder, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const ours = (...words: readonly string[]) =>
  runCommand(words, { cwd: folder, environment: { DOCKER_HOST: engine.host, HOME: folder } });
const deploy = (...words: readonly string[]) =>
  ours('stack', 'deploy', '--resolve-image', 'never', '-c', 'prod.yml', ...words, 'demo');
/** The Docker CLI itself. */
async function theirs(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(engine.installed.bin, 'docker'), words, {
    env: { ...process.env, ...engine.installed.env, DOCKER_HOST: engine.host },
  });
  return stdout;
}
/**
 * Asks a service for its page again and again, as a load balancer does in the place of the routing mesh (whose IPVS not every kernel has): of the tasks that
 * run one after the other until one answers. Nobody answering is a failure.
 */
async function visit(service: string) {
  const port = await dial(engine.host);
  const { ID } = await port.inspectService(service, never);
  const failed: string[] = [];
  const tasks = new Set<string>();
  let answered = 0;
  let staying = true;
  const request = async () => {
    const backends = (await port.listTasks({ service: [ID] }, never))
      .filter(({ Status }) => Status.State === 'running')
      .flatMap(({ ID: id, Status }) =>
        (Status.PortStatus?.Ports ?? []).map(({ PublishedPort }) => [id, PublishedPort] as const),
      );
    const reasons: string[] = [];
    const next = answered % Math.max(backends.length, 1);
    for (const [id, backend] of [...backends.slice(next), ...backends.slice(0, next)])
      try {
        const answer = await fetch(`http://127.0.0.1:${backend}/`);
        if (!answer.ok) throw new Error(String(answer.status));
        await answer.text();
        tasks.add(id);
        answered += 1;
        return;
      } catch (error) {
        reasons.push(String(error));
      }
    failed.push(`none of ${backends.length}: ${reasons.join(', ')}`);
  };
  const visiting = (async () => {
    while (staying) await request();
    port.close();
  })();
  return {
    async leave() {
      staying = false;
      await visiting;
      return { answered, failed, tasks: tasks.size };
    },
  };
}
/** Ages go on between two calls. */
const ageless = (table: string) =>
  table.replace(/(?:less than a second|about an? \w+|\d+ \w+) ago */g, 'ago ').replace(/ +/g, ' ');
const running = async (image: string) =>
  (
    await theirs(
      'service',
      'ps',
      'demo_web',
      '-f',
      'desired-state=running',
      '--format',
      '{{.Image}} {{.CurrentState}}',
    )
  )
    .split('\n')
    .filter((line) => line.startsWith(`${image} Running`)).length;

async function expectSameTables(): Promise<void> {
  expect((await ours('stack', 'services', 'demo')).output).toBe(await theirs('stack', 'services', 'demo'));
  expect((await ours('service', 'ls')).output).toBe(await theirs('service', 'ls'));
  expect((await ours('stack', 'ls')).output).toBe(await theirs('stack', 'ls'));
  expect((await ours('node', 'ls')).output).toBe(await theirs('node', 'ls'));
  const rows = (table: string) => ageless(table).split('\n').sort();
  expect(rows((await ours('stack', 'ps', '--no-trunc', 'demo')).output)).toEqual(
    rows(await theirs('stack', 'ps', '--no-trunc', 'demo')),
  );
}

describe('a stack of the course', () => {
  it('needs a swarm, and says so', async () => {
    expect(await deploy()).toMatchObject({
      status: 1,
      errors: expect.stringContaining('This engine is not part of a swarm. Run "swarm init" to begin one'),
    });
    const begun = await ours('swarm', 'init', '--advertise-addr', '127.0.0.1');
    expect(begun).toMatchObject({ status: 0, errors: '' });
    const token = await ours('swarm', 'join-token', '-q', 'worker');
    expect(token.output).toBe(await theirs('swarm', 'join-token', '-q', 'worker'));
    expect(begun.output).toContain(`docker swarm join --token ${token.output.trim()} 127.0.0.1:2377\n`);
  });

  it('is named with all its steps before anything is done', async () => {
    const steps =
      'Creating network demo_default\nCreating secret demo_db_password\nCreating config demo_conf\nCreating service demo_db\nCreating service demo_web\n';
    expect(await deploy('--dry-run')).toMatchObject({ status: 0, output: steps });
    expect((await ours('--dry-run', 'stack', 'deploy', '-c', 'prod.yml', 'demo')).output).toBe(steps);
    expect(await ours('swarm', 'leave', '--force', '--dry-run')).toMatchObject({ status: 1, output: '' });
    expect(await theirs('service', 'ls', '-q')).toBe('');
  });

  it('is deployed, task by task, and is what the Docker CLI sees', async () => {
    const deployed = await deploy();
    expect(deployed.status).toBe(0);
    for (const task of ['db.1', 'web.1', 'web.2', 'web.3'])
      expect(deployed.errors).toContain(` Task demo_${task} running\n`);
    expect(await running('nginx:alpine')).toBe(3);
    await expectSameTables();
    const [web] = JSON.parse((await ours('service', 'inspect', 'demo_web')).output);
    expect(web.Spec.TaskTemplate.Resources).toEqual({
      Limits: { NanoCPUs: 5e8, MemoryBytes: 67108864 },
    });
    const lines = /^(?:demo_db\.1\.\w{12}@\S+ {4}\| .+\n){5}$/;
    // The database writes one line to its standard output, and then to its standard error.
    await expect
      .poll(async () => (await ours('service', 'logs', '--tail', '5', 'demo_db')).errors)
      .toMatch(lines);
    await expect
      .poll(async () => (await ours('service', 'logs', 'demo_db')).output)
      .toMatch(/^demo_db\.1\.\w{12}@\S+ {4}\| .+\n$/);
  });

  it('is left as it is by a second deploy', async () => {
    const tasks = await theirs('stack', 'ps', '-q', 'demo');
    expect(await deploy()).toMatchObject({
      status: 0,
      output: expect.stringContaining('Updating service demo_web (id: '),
    });
    expect(await theirs('stack', 'ps', '-q', 'demo')).toBe(tasks);
  });

  it('is scaled, updated and rolled back', async () => {
    expect(await ours('service', 'scale', 'demo_web=5')).toMatchObject({
      status: 0,
      output: 'demo_web scaled to 5\n',
    });
    expect(await running('nginx:alpine')).toBe(5);
    const visitors = await visit('demo_web');
    expect((await ours('service', 'update', '--image', 'nginx:1.21-alpine', 'demo_web')).status).toBe(0);
    expect(await running('nginx:1.21-alpine')).toBe(5);
    const { answered, failed, tasks } = await visitors.leave();
    expect(failed).toEqual([]);
    // All along: of the tasks before the update, and of those after it.
    expect(tasks).toBeGreaterThan(5);
    expect(answered).toBeGreaterThan(50);
    expect((await ours('service', 'rollback', 'demo_web')).status).toBe(0);
    expect(await running('nginx:alpine')).toBe(5);
    expect(await running('nginx:1.21-alpine')).toBe(0);
    await expectSameTables();
  });

  it('is changed in every part as the Docker CLI changes it', async () => {
    const begun = ['--env', 'A=1', '--env', 'B=2', '--label', 'l=1', '--constraint', 'node.role==manager'];
    for (const name of ['one', 'two'])
      await theirs(
        'service',
        'create',
        '-d',
        '--no-resolve-image',
        '--name',
        name,
        ...begun,
        'busybox',
        'top',
      );
    const changes = [
      ...['--args', 'sleep "1000"', '--env-add', 'A=3', '--env-add', 'C=4', '--env-rm', 'B'],
      ...['--label-add', 'm=2', '--label-rm', 'l', '--container-label-add', 'c=1'],
      ...['--constraint-add', 'node.platform.os==linux', '--constraint-rm', 'node.role==manager'],
      ...['--publish-add', 'mode=host,target=90,published=18790', '--replicas', '2', '--force'],
      ...['--limit-cpu', '0.5', '--limit-memory', '64M', '--limit-pids', '50', '--reserve-memory', '8M'],
      ...['--update-parallelism', '2', '--update-delay', '1s', '--update-order', 'start-first'],
      ...['--update-failure-action', 'rollback', '--update-monitor', '2s', '--rollback-parallelism', '0'],
      ...['--update-max-failure-ratio', '0.5', '--image', 'nginx:alpine', '--no-resolve-image', '-d'],
    ];
    const specOf = async (name: string) => {
      const [{ Spec }] = JSON.parse(await theirs('service', 'inspect', name));
      Spec.TaskTemplate.ContainerSpec.Env.sort();
      return { ...Spec, Name: '' };
    };
    expect(await ours('service', 'update', ...changes, 'one')).toMatchObject({ status: 0, output: 'one\n' });
    await theirs('service', 'update', ...changes, 'two');
    expect(await specOf('one')).toEqual(await specOf('two'));
    const less = ['-d', '--publish-rm', 'target=90,mode=host', '--limit-cpu', '0'];
    expect(await ours('service', 'update', ...less, 'one')).toMatchObject({ status: 0 });
    await theirs('service', 'update', ...less, 'two');
    expect(await specOf('one')).toEqual(await specOf('two'));
    expect(await ours('service', 'update', '--update-delay', 'soon', 'one')).toMatchObject({
      status: 1,
      errors: expect.stringContaining('invalid argument "soon" for "--update-delay"'),
    });
    await theirs('service', 'rm', 'one', 'two');
  });

  it('moves from a node that is drained, and back', async () => {
    const id = (await theirs('node', 'ls', '-q')).trim();
    expect(
      await ours('node', 'update', '--availability', 'drain', '--label-add', 'zone=a', 'self'),
    ).toMatchObject({ status: 0, output: 'self\n' });
    expect((await ours('node', 'ls')).output).toContain(' Drain ');
    expect(JSON.parse((await ours('node', 'inspect', id)).output)[0].Spec).toEqual(
      JSON.parse(await theirs('node', 'inspect', id))[0].Spec,
    );
    await expect.poll(() => running('nginx:alpine')).toBe(0);
    expect(await ours('node', 'update', '--availability', 'active', '--label-rm', 'zone', id)).toMatchObject({
      status: 0,
    });
    await expect.poll(() => running('nginx:alpine')).toBe(5);
    expect((await ours('node', 'promote', id)).output).toBe(`Node ${id} is already a manager.\n`);
    expect(await ours('node', 'demote', id)).toMatchObject({ status: 1 });
    expect(await ours('node', 'rm', id)).toMatchObject({ status: 1 });
    expect((await ours('node', 'ps', '-q')).output.split('\n').sort()).toEqual(
      (await theirs('node', 'ps', '-q')).split('\n').sort(),
    );
  });

  it('is changed by two at once, one after the other', async () => {
    const changed = await Promise.all([
      ours('service', 'scale', '-d', 'demo_web=2'),
      ours('service', 'update', '-d', '--image', 'nginx:1.21-alpine', 'demo_web'),
    ]);
    expect(changed.map(({ status }) => status)).toEqual([0, 0]);
    const port = await dial(engine.host);
    const { Spec, Version } = await port.inspectService('demo_web', never);
    expect(Spec).toMatchObject({
      Mode: { Replicated: { Replicas: 2 } },
      TaskTemplate: { ContainerSpec: { Image: 'nginx:1.21-alpine' } },
    });
    await expect(
      port.updateService('demo_web', Version.Index - 1, Spec, { credentials: false }, never),
    ).rejects.toMatchObject({ kind: 'conflict' });
    port.close();
  });

  it('keeps the content of its secrets and configs, and says what to do', async () => {
    await write('prod.yml', production('b'));
    expect(await deploy('-d')).toMatchObject({
      status: 1,
      errors: expect.stringContaining('The content of the config demo_conf has changed'),
    });
    await write('prod.yml', production('a'));
    await write('password.txt', 'second');
    const { errors } = await deploy('-d');
    expect(errors).toContain('The content of the secret demo_db_password has changed');
    expect(errors).not.toContain('second');
    await write('password.txt', 'first');
  });

  it('loses what the files no longer have, with --prune', async () => {
    await write(
      'prod.yml',
      production(
        'a',
        '  once: { image: busybox, command: ["true"], deploy: { mode: replicated-job, replicas: 2 } }',
      ),
    );
    expect(await deploy()).toMatchObject({
      status: 0,
      output: expect.stringContaining('Creating service demo_once'),
    });
    expect((await ours('service', 'ls')).output).toContain('(2/2 completed)');
    await write('prod.yml', production('a'));
    expect((await deploy('-d', '--prune')).output).toContain('Removing service demo_once\n');
    expect(await theirs('stack', 'services', '--format', '{{.Name}}', 'demo')).toBe('demo_db\ndemo_web\n');
  });

  it('is out of reach from a worker, which says so', async () => {
    const worker = await startEngine();
    try {
      const there = (...words: readonly string[]) =>
        runCommand(words, { cwd: folder, environment: { DOCKER_HOST: worker.host, HOME: folder } });
      const token = (await ours('swarm', 'join-token', '-q', 'worker')).output.trim();
      expect(
        await there(
          ...['swarm', 'join', '--token', token, '--listen-addr', '127.0.0.1:2378'],
          ...['--advertise-addr', '127.0.0.2', '127.0.0.1:2377'],
        ),
      ).toMatchObject({ status: 0, output: 'This node joined a swarm as a worker.\n' });
      expect((await ours('node', 'ls', '-q')).output.trim().split('\n').length).toBe(2);
      expect((await ours('node', 'ls')).output).toBe(await theirs('node', 'ls'));
      expect(await there('stack', 'ls')).toMatchObject({
        status: 1,
        errors: 'This engine is a worker of its swarm. Connect to a manager, or promote this node there.\n',
      });
      expect(await there('swarm', 'leave')).toMatchObject({ status: 0, output: 'Node left the swarm.\n' });
    } finally {
      await worker.stop();
    }
  });

  it('goes, but for its volumes', async () => {
    expect((await ours('stack', 'rm', 'demo')).output).toBe(
      'Removing service demo_db\nRemoving service demo_web\nRemoving secret demo_db_password\nRemoving config demo_conf\nRemoving network demo_default\n',
    );
    expect(await theirs('stack', 'ls', '--format', '{{.Name}}')).toBe('');
    expect(await theirs('volume', 'ls', '-q')).toContain('demo_data');
    expect(await ours('stack', 'rm', 'demo')).toMatchObject({ errors: 'Nothing found in stack: demo\n' });
  });
});

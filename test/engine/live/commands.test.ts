import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Registry, startRegistry } from '../../../scripts/lib/registry.mjs';
import { engines, hostOf } from './engine.ts';
import { type Stack, stack } from './stack.ts';

const made: Stack[] = [];

afterEach(async () => {
  for (const each of made.splice(0)) await each.remove();
});

async function project(compose: string, host = hostOf('engineHost')): Promise<Stack> {
  const one = await stack(host, compose);
  made.push(one);
  return one;
}

const sleeper = `
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s`;

describe.each(engines)('on Engine %s', (_version, host) => {
  it('commit makes an image of a container, with instructions', async () => {
    const one = await project(`services:\n  a:${sleeper}\n`, hostOf(host));
    await one.compose('up', '-d');
    await one.compose('exec', '-T', 'a', 'sh', '-c', 'echo kept > /kept');
    const image = `${one.name}-kept:v1`;
    const { code, err } = await one.compose(
      ...['commit', '-a', 'Ada', '-m', 'as it is', '-c', 'ENV A=b', '-c', 'CMD cat /kept', 'a', image],
    );
    expect(err).toMatch(/Commit \S+ Committed as sha256:[0-9a-f]{64}\n/);
    expect(code).toBe(0);
    expect((await one.docker('run', '--rm', '--network', 'none', image)).out).toBe('kept\n');
    const inspected = JSON.parse((await one.docker('image', 'inspect', image)).out)[0];
    expect([inspected.Author, inspected.Comment]).toEqual(['Ada', 'as it is']);
    expect(inspected.Config.Env).toContain('A=b');
    await one.docker('rmi', '-f', image);
  });

  it('export writes the whole file system', async () => {
    const one = await project(`services:\n  a:${sleeper}\n`, hostOf(host));
    await one.compose('up', '-d');
    await one.compose('exec', '-T', 'a', 'sh', '-c', 'echo kept > /kept');
    expect(await one.compose('export', '-o', 'out.tar', 'a')).toMatchObject({ code: 0 });
    const archive = await readFile(join(one.folder, 'out.tar'), 'latin1');
    expect(archive).toContain('kept\0');
    expect(archive.length % 512).toBe(0);
    expect(await one.compose('export', '-o', 'no/folder.tar', 'a')).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be written'),
    });
    expect((await one.compose('export', 'a')).out).toContain('kept\0');
    expect(await one.compose('export', 'b')).toMatchObject({ code: 1 });
  });
});

it('run starts a job as it does a service, with what it depends on; nothing else starts one', async () => {
  const one = await project(`services:
  db:${sleeper}
jobs:
  seed:
    image: busybox
    command: [sh, -c, "echo seeded > /data/seed"]
    volumes: [data:/data]
    triggers: { manual: true }
  migrate:
    image: busybox
    command: [sh, -c, "cat /data/seed; exit 3"]
    volumes: [data:/data]
    profiles: [maintenance]
    depends_on:
      db: { condition: service_started }
      seed: { condition: service_completed_successfully }
    triggers: { manual: true }
  nightly:
    image: busybox
    triggers: { manual: false, schedule: ["0 3 * * *"] }
volumes: { data: {} }
`);
  const up = await one.compose('up', '-d');
  expect(up.code).toBe(0);
  expect(up.err).toContain('up does not start jobs: start one with "run NAME" (seed, migrate)');
  expect(up.err).toContain(
    'up does not register schedules with the engine, as Docker Compose 5.8 does (nightly)',
  );
  expect((await one.compose('ps', '-a', '--services')).out).toBe('db\n');
  const run = await one.compose('run', '--rm', '-T', 'migrate');
  expect(run.out).toBe('seeded\n');
  expect(run.code).toBe(3);
  expect(await one.compose('run', 'nightly')).toMatchObject({
    code: 1,
    err: expect.stringContaining('the job "nightly" is started by its schedule only'),
  });
  expect(await one.compose('up', '-d', 'migrate')).toMatchObject({ code: 1 });
  // A job that ran does not run again because the project is started.
  const startedAt = async () => {
    const [id = ''] = (await one.compose('ps', '-aq', 'seed')).out.split('\n');
    return (await one.docker('inspect', '-f', '{{.State.StartedAt}}', id)).out;
  };
  const before = await startedAt();
  expect(before).toMatch(/^\d/);
  for (const command of ['stop', 'start', 'restart'])
    expect(await one.compose(command), command).toMatchObject({ code: 0 });
  expect(await startedAt()).toBe(before);
  // Their containers are the project's.
  expect((await one.compose('down', '-v')).code).toBe(0);
  expect((await one.compose('ps', '-aq')).out).toBe('');
});

it('alpha generate writes a file that makes the same container again', async () => {
  const one = await project(`services:
  a:${sleeper}
    environment: { A: "x$$y" }
    volumes: [data:/data, "./:/here:ro", /own]
    ports: ["127.0.0.1::80"]
    networks: { back: { aliases: [other] } }
    cap_add: [NET_ADMIN]
    mem_limit: 64m
    healthcheck: { test: [CMD, "true"], interval: 5s }
volumes: { data: {} }
networks: { back: {} }
`);
  await one.compose('up', '-d');
  const container = `${one.name}-a-1`;
  const generated = await one.compose('alpha', 'generate', '--name', `${one.name}-again`, container);
  expect(generated).toMatchObject({ code: 0, err: 'generate command is EXPERIMENTAL\n' });
  await one.write({ 'again.yaml': generated.out });
  delete one.environment.COMPOSE_PROJECT_NAME;
  const again = (...words: readonly string[]) => one.compose('-f', 'again.yaml', ...words);
  expect(await again('create')).toMatchObject({ code: 0 });
  const format =
    '{{json .HostConfig}} {{json .Config.Env}} {{json .Config.Cmd}} {{json .Config.Healthcheck}}';
  const inspect = async (name: string) => (await one.docker('inspect', '--format', format, name)).out;
  expect(await inspect(`${one.name}-again-a-1`)).toBe(await inspect(container));
  expect(await again('down')).toMatchObject({ code: 0 });
});

describe('--dry-run', () => {
  it('changes nothing, whatever the command', async () => {
    const one = await project(`services:
  dep:${sleeper}
  a:${sleeper}
    depends_on: [dep]
    volumes: [data:/data]
  built: { build: { context: ., dockerfile_inline: "FROM busybox" } }
volumes: { data: {} }
`);
    const state = async () => {
      const lists = ['ps -a', 'network ls', 'volume ls', 'image ls'];
      const listed = await Promise.all(
        lists.map((words) =>
          one.docker(...words.split(' '), '--filter', `label=com.docker.compose.project=${one.name}`, '-q'),
        ),
      );
      return listed.map(({ out }) => out);
    };
    const commands = [
      'up -d',
      'create',
      'build',
      'pull --ignore-pull-failures',
      'push',
      'run -d a true',
      'run a true',
      'scale dep=3',
      'watch',
      'commit dep x:y',
      'export -o file dep',
      'exec -d dep touch /file',
      'exec dep touch /file',
      'attach dep',
      'cp compose.yaml dep:/file',
      'cp dep:/etc/passwd file',
      'kill',
      'pause',
      'restart',
      'stop',
      'rm -sf',
      'wait --down-project dep',
      'down -v --rmi all',
    ];
    for (const before of ['nothing', 'a running service']) {
      if (before !== 'nothing') await one.compose('up', '-d', 'dep');
      const was = await state();
      for (const command of commands) {
        // This one would wait for the service to end.
        if (command.startsWith('wait') && before !== 'nothing') continue;
        await one.compose('--dry-run', ...command.split(' '));
        expect(await state(), `${command} after ${before}`).toEqual(was);
      }
    }
    expect((await one.compose('exec', '-T', 'dep', 'ls', '/')).out).not.toContain('file');
    await expect(readFile(join(one.folder, 'file'))).rejects.toThrow('ENOENT');
    expect((await one.compose('ps', '--format', '{{.State}}')).out).toBe('running\n');
  });
});

describe('config', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry.stop());

  it('pins images to what the registry has, as Docker Compose does', async () => {
    const image = `${registry.address}/pinned:1`;
    const digest = 'sha256:'.padEnd(71, 'a');
    const one = await project(`services:
  a: { image: "${image}", labels: { a: b }, x-mine: 1 }
  b: { image: "${registry.address}/other@${digest}" }
  c: { build: . }
`);
    await one.docker('tag', 'busybox', image);
    await one.docker('push', image);
    for (const words of [
      ['--resolve-image-digests'],
      ['--lock-image-digests'],
      ['--lock-image-digests', '--format', 'json'],
    ]) {
      const ours = await one.compose('config', ...words);
      const theirs = await one.dockerCompose('config', ...words);
      expect(ours).toEqual({ ...theirs, err: '' });
      expect(ours.out).toMatch(/pinned:1@sha256:[0-9a-f]{64}/);
    }
    await one.write({ 'compose.yaml': `services: { a: { image: "${registry.address}/absent:1" } }` });
    expect(await one.compose('config', '--resolve-image-digests')).toMatchObject({
      code: 1,
      err: expect.stringContaining(`failed to resolve digest for ${registry.address}/absent:1`),
    });
    await one.docker('rmi', '-f', image);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { type Stack, stack } from './stack.ts';

/** No release of Docker Compose among the tests' programs knows `pre_start`: these are its own end-to-end scenarios, and what its source says. */
describe('pre_start', () => {
  let app: Stack;
  beforeEach(async () => {
    app = await stack(hostOf('engineHost'), '');
  });
  afterEach(() => app.remove());

  const write = (steps: string, more = '', top = 'volumes: { data: {} }', mount = 'data:/data') =>
    app.write({
      'compose.yaml': `services:
  web:
    image: busybox
    command: sleep 1000
    stop_grace_period: 0s
    volumes: ['${mount}']
${more}    pre_start:
${steps}
${top}
`,
    });
  const appends = (word: string) => `      - command: sh -c 'echo ${word} >> /data/out'`;
  const up = (...words: readonly string[]) => app.compose('up', '-d', '--timeout', '0', ...words);
  const written = async () =>
    (await app.docker('run', '--rm', '-v', `${app.name}_data:/data`, 'busybox', 'cat', '/data/out')).out
      .trim()
      .split('\n');
  /** Name and state of the containers that steps have left. */
  const left = async () =>
    (
      await app.docker(
        ...['ps', '-a', '--filter', `label=com.docker.compose.project=${app.name}`],
        ...['--filter', 'label=com.docker.compose.hook=pre_start', '--format', '{{.State}}'],
      )
    ).out
      .split('\n')
      .filter(Boolean);
  const states = async () =>
    (await app.compose('ps', '-a', '--format', '{{.Service}} {{.State}}')).out.trim().split('\n').sort();

  it('runs the steps one after the other, before the service, and leaves nothing', async () => {
    await write(`${appends('a')}\n${appends('b')}`, '    scale: 2\n');
    const { code, err } = await up();
    expect(code, err).toBe(0);
    expect(await written()).toEqual(['a', 'b']);
    expect(await left()).toEqual([]);
    expect(await states()).toEqual(['web running', 'web running']);
  });

  it('runs them again when a service is replaced, not when it is unchanged or scaled', async () => {
    await write(appends('one'));
    await up();
    await up();
    expect(await written()).toEqual(['one']);
    await up('--scale', 'web=2');
    expect(await written()).toEqual(['one']);
    await up('--force-recreate');
    expect(await written()).toEqual(['one', 'one']);
    await write(appends('two'));
    await up();
    expect(await written()).toEqual(['one', 'one', 'two']);
  });

  it('keeps the container of a step that fails until the next run, and starts nothing', async () => {
    await write(`${appends('a')}\n      - command: sh -c 'echo said; echo wrong >&2; exit 17'`);
    const failed = await up();
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(
      /service "web" pre_start\[1\] exited with code 17: wrong \(hook container [0-9a-f]{12} retained for inspection\)/,
    );
    expect(await left()).toEqual(['exited']);
    expect(await states()).toEqual(['web created']);
    await up();
    expect(await left()).toEqual(['exited']);
    await write(appends('b'));
    expect((await up()).code).toBe(0);
    expect(await left()).toEqual([]);
    expect(await written()).toEqual(['a', 'a', 'b']);
  });

  it('is taken away by down', async () => {
    await write(`      - command: sh -c 'exit 1'`);
    await up();
    expect(await left()).toEqual(['exited']);
    expect((await app.compose('down', '--volumes')).code).toBe(0);
    expect(await left()).toEqual([]);
  });

  it('is removed when it is interrupted', async () => {
    await write(`      - command: sh -c 'echo waiting; sleep 1000'`);
    const { err } = await app.composeInterrupted(/pre_start\[0\] -> +\| waiting/, 'up');
    expect(err).not.toContain('retained');
    expect(await left()).toEqual([]);
  });

  it('writes its lines while it runs, under its own name', async () => {
    await write(`      - command: sh -c 'echo first; until [ -e /data/go ]; do :; done; echo last'`);
    const running = app.composeUntil('up');
    await expect.poll(() => running.text(), { timeout: 60_000 }).toMatch(/web pre_start\[0\] -> +\| first/);
    await app.docker('run', '--rm', '-v', `${app.name}_data:/data`, 'busybox', 'touch', '/data/go');
    await expect.poll(() => running.text(), { timeout: 60_000 }).toMatch(/web pre_start\[0\] -> +\| last/);
    running.interrupt();
    await running.ended;
  });

  it('has what the service has, with its own laid over it', async () => {
    app.environment.TOKEN = 'of the environment';
    await write(
      `      - command: sh -c '{ cat /etc/hosts /run/secrets/token; env; id -u; pwd; } > /data/out 2>&1; touch /kept/b'
        environment: { SHARED: step, ONLY: step }
        extra_hosts: ['stated:192.0.2.20']
        user: root
        volumes: ['data:/data', 'kept:/kept']`,
      `    user: "999"
    working_dir: /srv
    environment: { SHARED: service, OTHER: service }
    extra_hosts: ['inherited:192.0.2.10']
    secrets: [token]
`,
      'volumes: { data: {}, kept: {} }\nsecrets: { token: { environment: TOKEN } }',
      'data:/data:ro',
    );
    const { code, err } = await up();
    expect(code, err).toBe(0);
    const text = (await written()).join('\n');
    for (const line of [
      /192\.0\.2\.10\s+inherited/,
      /192\.0\.2\.20\s+stated/,
      /of the environment/,
      /^SHARED=step$/m,
      /^ONLY=step$/m,
      /^OTHER=service$/m,
      /^0$/m,
      /^\/srv$/m,
    ])
      expect(text).toMatch(line);
  });

  it('runs for each container that starts, if it is asked to', async () => {
    await write(
      `      - command: sh -c 'echo each >> /data/out'\n        per_replica: true`,
      '    scale: 2\n',
    );
    await up();
    expect(await written()).toEqual(['each', 'each']);
    await up('--scale', 'web=3');
    expect(await written()).toEqual(['each', 'each', 'each']);
  });

  it('runs when containers that exist are started', async () => {
    await write(appends('a'));
    await app.compose('create');
    expect((await app.compose('start')).code).toBe(0);
    expect(await written()).toEqual(['a']);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProviders, type Providers } from '../providers/program.ts';
import { hostOf } from './engine.ts';
import { eventually, type Outcome, type Stack, stack } from './stack.ts';

/** The same project with the same three programs, once by Docker Compose 2.40.3 and once by ours. */
describe('services with a provider, beside Docker Compose', () => {
  let programs: Providers;
  let app: Stack;
  beforeEach(async () => {
    programs = makeProviders();
    app = await stack(hostOf('engineHost'), '');
    const { PATH = '', MODE = '' } = programs.environment;
    Object.assign(app.environment, { PATH: `${PATH}:${process.env.PATH}`, MODE });
  });
  afterEach(async () => {
    await app.remove();
    await rm(programs.folder, { recursive: true, force: true });
  });

  const web = (needs: string) =>
    `  web: { image: busybox, command: [sh, -c, "env | sort; sleep 1000"], stop_grace_period: 0s, depends_on: [${needs}] }\n`;
  const theirs = (...words: readonly string[]) => app.dockerCompose('--progress', 'plain', ...words);
  const ours = (...words: readonly string[]) => app.compose('--progress', 'plain', ...words);
  const write = (services: string) => app.write({ 'compose.yaml': `services:\n${services}` });

  const remove = () => app.docker('rm', '-f', `${app.name}-web-1`);
  const containers = async () => {
    const words = [
      'ps',
      '-a',
      '--filter',
      `label=com.docker.compose.project=${app.name}`,
      '--format',
      '{{.State}}',
    ];
    return (await app.docker(...words)).out.split('\n').filter(Boolean);
  };
  const environment = async () =>
    JSON.parse(
      (await app.docker('inspect', '--format', '{{json .Config.Env}}', `${app.name}-web-1`)).out,
    ).toSorted();

  /** What was called since it was last asked. */
  const calls = async () => {
    const file = join(programs.folder, 'calls');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    await rm(file, { force: true });
    return lines.map((line) => line.split(' ').toSorted().join(' '));
  };

  /** Each thing with what becomes of it, in order; without the network, which ours makes later. */
  const course = ({ err }: Outcome) =>
    err
      .split('\n')
      .map((line) => line.trim().split(/\s+/).join(' '))
      .filter(
        (line) => /^(?:Service )?(?:db|store|Container \S+) /.test(line) && !line.includes('IPv4 forwarding'),
      )
      .map((line) => line.replace(/^Service /, ''));

  /** Does the same with both, from the same state, and gives what came of each. */
  async function both(...words: readonly string[]) {
    await calls();
    const first = { ...(await theirs(...words)), calls: await calls() };
    const made = words[0] === 'up' && first.code === 0 ? await environment() : undefined;
    await remove();
    const second = { ...(await ours(...words)), calls: await calls() };
    const again = words[0] === 'up' && second.code === 0 ? await environment() : undefined;
    return { theirs: { ...first, made }, ours: { ...second, made: again } };
  }

  it('the one that sets variables: same environment, calls and course', async () => {
    await write(`  db: { provider: { type: sets, options: { size: big, tag: [a, b] } } }\n${web('db')}`);
    const up = await both('up', '-d');
    expect(up.theirs.code, up.theirs.err).toBe(0);
    expect(up.ours.code, up.ours.err).toBe(0);
    expect(up.ours.made).toEqual(up.theirs.made);
    expect(up.ours.made).toEqual(expect.arrayContaining(['DB_URL=sql://db?a=b', 'DB_MODE=test']));
    expect(up.ours.calls).toEqual(up.theirs.calls);
    expect(course(up.ours)).toEqual(course(up.theirs));
  });

  it('one variable without prefix: ours has it, 2.40.3 does not know the message', async () => {
    await write(`  db: { provider: { type: sets, options: { raw: "yes" } } }\n${web('db')}`);
    const up = await both('up', '-d');
    expect([up.theirs.code, up.ours.code]).toEqual([1, 0]);
    expect(up.theirs.err).toContain('invalid response from plugin: rawsetenv');
    expect(up.ours.made).toContain('SHARED=from-provider');
  });

  it.each(['error', 'status', 'nonsense'])(
    'the one that fails, by %s: same status, and nothing made',
    async (how) => {
      await write(`  db: { provider: { type: fails, options: { how: ${how} } } }\n${web('db')}`);
      const up = await both('up', '-d');
      expect([up.theirs.code, up.ours.code]).toEqual([1, 1]);
      expect(up.ours.calls).toEqual(up.theirs.calls);
      expect([course(up.theirs)[0], course(up.ours)[0]]).toEqual(['db Creating', 'db Creating']);
      if (how !== 'nonsense')
        expect(up.ours.err.trim().split('\n').at(-1)).toBe(up.theirs.err.trim().split('\n').at(-1));
      expect(await containers()).toEqual([]);
    },
  );

  it('the slow one: what depends on it waits', async () => {
    await write(`  store: { provider: { type: slow, options: { size: big } } }\n${web('store')}`);
    for (const run of [theirs, ours]) {
      await rm(join(programs.folder, 'go'), { force: true });
      const running = run('up', '-d');
      await eventually(async () => expect((await calls()).join('\n')).toMatch(/\bup\b/));
      expect(await containers()).toEqual([]);
      programs.letGo();
      const { code, err } = await running;
      expect(code, err).toBe(0);
      expect(await environment()).toContain('STORE_READY=yes');
      await remove();
    }
  });

  it('what has the option left out that it must have: same status and words', async () => {
    await write(`  store: { provider: { type: slow } }\n${web('store')}`);
    const up = await both('up', '-d');
    expect([up.theirs.code, up.ours.code]).toEqual([1, 1]);
    const words = 'required parameter "size" is missing from provider "slow" definition';
    expect(up.theirs.err).toContain(words);
    expect(up.ours.err).toContain(words);
  });

  it('stop and down: the same calls, but for a provider that knows to stop, which 2.40.3 does not ask', async () => {
    programs.letGo();
    await write(`  store: { provider: { type: slow, options: { size: big } } }\n${web('store')}`);
    expect((await ours('up', '-d')).code).toBe(0);
    const stop = await both('stop');
    expect([stop.theirs.code, stop.ours.code]).toEqual([0, 0]);
    expect(stop.theirs.calls).toEqual([]);
    expect(stop.ours.calls.at(-1)).toBe(`--project-name=${app.name} compose stop store`);
    const down = await both('down');
    expect([down.theirs.code, down.ours.code]).toEqual([0, 0]);
    expect(down.ours.calls).toEqual(down.theirs.calls);
    expect(await containers()).toEqual([]);
  });

  it('a program that is gone: stop stops the rest, down fails once the rest is gone', async () => {
    await write(`  db: { provider: { type: sets } }\n${web('db')}`);
    for (const run of [theirs, ours]) {
      expect((await run('up', '-d')).code).toBe(0);
      const program = join(programs.folder, 'bin', 'sets');
      await rename(program, `${program}-gone`);
      const stop = await run('stop', '-t', '0');
      expect(stop.code, stop.err).toBe(0);
      expect(await containers()).toEqual(['exited']);
      const down = await run('down');
      expect(down.code, down.err).toBe(1);
      expect(down.err).toContain('sets');
      expect(await containers()).toEqual([]);
      await rename(`${program}-gone`, program);
      expect((await run('down')).code).toBe(0);
    }
  });

  it('a type that is not installed: same status, and nothing made', async () => {
    await write(`  db: { provider: { type: absent } }\n${web('db')}`);
    for (const words of [['up', '-d'], ['down']]) {
      const { theirs: first, ours: second } = await both(...words);
      expect([first.code, second.code]).toEqual([1, 1]);
      expect(await containers()).toEqual([]);
    }
    expect((await ours('up', '-d')).err).toContain(
      'The program of the provider "absent" is neither a Docker plugin nor on the PATH.',
    );
  });
});

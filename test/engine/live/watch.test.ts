import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { engines, hostOf } from './engine.ts';
import { eventually, type Stack, stack } from './stack.ts';

let made: Stack | undefined;

afterEach(async () => {
  await made?.remove();
  made = undefined;
});

async function project(
  host: 'engineHost' | 'oldEngineHost',
  compose: string,
  files: Readonly<Record<string, string>>,
): Promise<Stack> {
  made = await stack(hostOf(host), compose, files);
  return made;
}

const sleeper = `
    image: busybox
    command: [sh, -c, "trap exit TERM; while :; do sleep 0.1; done"]
    stop_grace_period: 0s`;

/** Runs a watch for as long as the steps take, and resolves with what it said. */
async function watching(
  stack: Stack,
  words: readonly string[],
  steps: (text: () => string) => Promise<void>,
): Promise<string> {
  const watch = stack.composeUntil(...words);
  try {
    await Promise.race([
      eventually(async () => expect(watch.text()).toContain('Watch enabled')),
      watch.ended,
    ]);
    await steps(watch.text);
  } finally {
    watch.interrupt();
  }
  const { code } = await watch.ended;
  expect(code, watch.text()).toBe(130);
  return watch.text();
}

async function read(stack: Stack, service: string, path: string): Promise<string> {
  const { code, out, err } = await stack.compose('exec', '-T', service, 'cat', path);
  expect(code, `${service} ${path}: ${out}${err}`).toBe(0);
  return out;
}

async function isGone(stack: Stack, service: string, path: string): Promise<void> {
  expect((await stack.compose('exec', '-T', service, 'test', '!', '-e', path)).code).toBe(0);
}

describe.each(engines)('watch on Engine %s', (_version, host) => {
  it('carries files over: written, replaced, renamed, deleted, whole folders', async () => {
    const made = await project(
      host,
      `services:
  web:${sleeper}
    scale: 2
    develop:
      watch:
        - action: sync
          path: ./src
          target: /app/src
          initial_sync: true
          ignore: [secret/, "**/*.log"]
`,
      { 'src/a.txt': 'first', 'src/secret/key': 'k', 'src/deep/er/old.txt': 'old' },
    );
    const at = (...path: string[]) => join(made.folder, 'src', ...path);
    const said = await watching(made, ['watch'], async () => {
      // It was there before the watch.
      expect(await read(made, 'web', '/app/src/a.txt')).toBe('first');
      await isGone(made, 'web', '/app/src/secret/key');

      await writeFile(at('a.txt'), 'second');
      await eventually(async () => expect(await read(made, 'web', '/app/src/a.txt')).toBe('second'));

      // As editors save: a file beside, then put in its place.
      await writeFile(at('.a.txt.swp'), 'third');
      await rename(at('.a.txt.swp'), at('a.txt'));
      await eventually(async () => expect(await read(made, 'web', '/app/src/a.txt')).toBe('third'));
      await isGone(made, 'web', '/app/src/.a.txt.swp');

      await mkdir(at('new/folder'), { recursive: true });
      await writeFile(at('new/folder/b.txt'), 'b');
      await writeFile(at('new/debug.log'), 'not meant');
      await eventually(async () => expect(await read(made, 'web', '/app/src/new/folder/b.txt')).toBe('b'));
      await isGone(made, 'web', '/app/src/new/debug.log');
      await appendFile(at('new/folder/b.txt'), 'c');
      await eventually(async () => expect(await read(made, 'web', '/app/src/new/folder/b.txt')).toBe('bc'));

      await rename(at('deep'), at('moved'));
      await eventually(async () => expect(await read(made, 'web', '/app/src/moved/er/old.txt')).toBe('old'));
      await isGone(made, 'web', '/app/src/deep');

      await rm(at('moved'), { recursive: true });
      await rm(at('a.txt'));
      await eventually(() => isGone(made, 'web', '/app/src/moved'));
      await eventually(() => isGone(made, 'web', '/app/src/a.txt'));

      // Every container of the service has it.
      await writeFile(at('all.txt'), 'all');
      await eventually(async () => {
        const { out } = await made.compose('exec', '-T', '--index', '2', 'web', 'cat', '/app/src/all.txt');
        expect(out).toBe('all');
      });
    });
    expect(said).toContain('Syncing service "web" after 1 changes were detected');
  });

  it('restarts, runs a command and rebuilds', async () => {
    const made = await project(
      host,
      `services:
  restarted:${sleeper}
    develop: { watch: [ { action: sync+restart, path: ./conf, target: /conf } ] }
  told:${sleeper}
    develop:
      watch:
        - action: sync+exec
          path: ./conf/a.conf
          target: /a.conf
          exec: { command: [sh, -c, "echo read: $$(cat /a.conf) $$WHO"], environment: { WHO: me } }
  built:
    build: { context: ., dockerfile_inline: "FROM busybox\\nCOPY page /page" }
    command: [sh, -c, "trap exit TERM; while :; do sleep 0.1; done"]
    stop_grace_period: 0s
    develop: { watch: [ { action: rebuild, path: ./page } ] }
`,
      { 'conf/a.conf': '1', page: 'one' },
    );
    const idOf = async (service: string) => (await made.compose('ps', '-q', service)).out.trim();
    const startOf = async (service: string) => {
      const id = await idOf(service);
      return (await made.docker('inspect', '--format', '{{.State.StartedAt}}', id)).out;
    };
    const said = await watching(made, ['up', '--watch'], async () => {
      const [started, first] = [await startOf('restarted'), await idOf('built')];
      expect(await read(made, 'built', '/page')).toBe('one');

      await writeFile(join(made.folder, 'conf/a.conf'), '2');
      // One after the other: an engine that is asked to run something in a container while it restarts it may not come to terms with it any more.
      await eventually(async () => expect(await startOf('restarted')).not.toBe(started));
      await eventually(async () => expect(await read(made, 'restarted', '/conf/a.conf')).toBe('2'));

      await writeFile(join(made.folder, 'page'), 'two');
      await eventually(async () => expect(await read(made, 'built', '/page')).toBe('two'));
      expect(await idOf('built')).not.toBe(first);
    });
    expect(said).toContain('read: 2 me');
    expect(said).toContain('service(s) ["restarted"] restarted');
    expect(said).toContain('Rebuilding service(s) ["built"] after changes were detected...');
    expect(said).toContain('service(s) ["built"] successfully built');
    // Ctrl-C stopped what the up had started.
    expect((await made.compose('ps', '-q')).out).toBe('');
  });
});

describe('watch', () => {
  it('refuses what has nothing to watch, and what cannot be rebuilt', async () => {
    const made = await project('engineHost', `services: { a: {image: busybox} }`, {});
    expect((await made.compose('watch', '--no-up')).err).toContain(
      'none of the selected services is configured for watch',
    );
    await made.write({
      'compose.yaml': `services: { a: {image: busybox, develop: {watch: [{action: rebuild, path: .}]}} }`,
    });
    expect(await made.compose('watch', '--no-up')).toMatchObject({
      code: 1,
      err: expect.stringContaining('without a build context'),
    });
  });

  it('takes the former name of initial_sync, and says what it is called now', async () => {
    const made = await project(
      'engineHost',
      `services:
  web:${sleeper}
    develop: { watch: [ { action: sync, path: ./data, target: /data, x-initialSync: true } ] }
`,
      { 'data/there.txt': 'there' },
    );
    const said = await watching(made, ['watch', '--quiet'], async () =>
      expect(await read(made, 'web', '/data/there.txt')).toBe('there'),
    );
    expect(said).toContain('x-initialSync is DEPRECATED, please use the official `initial_sync` attribute');
  });

  it('goes through a link that stands in the container where there is a folder here', async () => {
    const made = await project(
      'engineHost',
      `services:
  web:
    image: busybox
    command: [sh, -c, "mkdir -p /app /var/sub && ln -s /var/sub /app/sub && touch /ready && sleep 1000"]
    stop_grace_period: 0s
    develop: { watch: [ { action: sync, path: ./data, target: /app } ] }
`,
      { 'data/there.txt': '', 'staged/hello.txt': 'hello' },
    );
    await watching(made, ['watch', '--quiet'], async () => {
      await eventually(async () => expect(await read(made, 'web', '/ready')).toBe(''));
      await rename(join(made.folder, 'staged'), join(made.folder, 'data/sub'));
      await eventually(async () => expect(await read(made, 'web', '/var/sub/hello.txt')).toBe('hello'));
      expect((await made.compose('exec', '-T', 'web', 'test', '-L', '/app/sub')).code).toBe(0);
    });
  });

  it('goes on after a change that could not be carried over, and makes up for it', async () => {
    const dockerfile = 'FROM busybox\nCMD ["sleep", "1000"]\nSTOPSIGNAL SIGKILL\n';
    const made = await project(
      'engineHost',
      `services:
  web:
    build: .
    stop_grace_period: 0s
    develop:
      watch:
        - { action: rebuild, path: ./Dockerfile }
        - { action: sync, path: ./src, target: /data }
`,
      { 'src/a.txt': 'a', Dockerfile: dockerfile, '.dockerignore': 'src/ignored\n' },
    );
    const said = await watching(made, ['watch', '--quiet'], async (text) => {
      await made.write({ Dockerfile: `${dockerfile}RUN false\n`, 'src/a.txt': 'b', 'src/ignored/x': 'x' });
      await eventually(async () => expect(text()).toContain('Error handling changed files'));
      await made.write({ Dockerfile: `${dockerfile}ENV FIXED=yes\n` });
      await eventually(async () => expect(await read(made, 'web', '/data/a.txt')).toBe('b'));
      expect((await made.compose('exec', '-T', 'web', 'env')).out).toContain('FIXED=yes');
      await isGone(made, 'web', '/data/ignored');
    });
    expect(said).toMatch(/Error handling changed files: The image of service web could not be built/);
  });
});

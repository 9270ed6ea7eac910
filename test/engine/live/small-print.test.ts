import { mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeModelPlugin } from '../models/program.ts';
import { makeProviders } from '../providers/program.ts';
import { hostOf } from './engine.ts';
import { eventually, type Stack, stack } from './stack.ts';

// What people rely on without having read it anywhere: as Docker Compose has it.

let app: Stack | undefined;
afterEach(async () => {
  await app?.remove();
  app = undefined;
});

async function project(compose: string, files: Readonly<Record<string, string>> = {}): Promise<Stack> {
  app = await stack(hostOf('engineHost'), compose, files);
  return app;
}

const sleeper = '{ image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }';

describe('up in the foreground', () => {
  it('stops at Ctrl-C what was named, and not what that needs', async () => {
    const made = await project(`services:
  db: ${sleeper}
  web: { image: busybox, command: [sh, -c, "echo here; sleep 1000"], stop_grace_period: 0s, depends_on: [db] }
`);
    expect((await made.composeInterrupted(/here/, 'up', 'web')).code).toBe(130);
    const { out } = await made.compose('ps', '-a', '--format', '{{.Service}} {{.State}}');
    expect(out.trim().split('\n').sort()).toEqual(['db running', 'web exited']);
  });

  it('says which optional dependency failed', async () => {
    const made = await project(`services:
  helper: { image: busybox, command: "false" }
  web:
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s
    depends_on: { helper: { condition: service_completed_successfully, required: false } }
`);
    const { code, err } = await made.compose('up', '-d');
    expect(err).toContain('optional dependency "helper" failed to start');
    expect(code).toBe(0);
  });
});

describe('a service with a provider', () => {
  const providers = makeProviders();
  afterAll(() => rm(providers.folder, { recursive: true, force: true }));
  const withProviders = async (services: string) => {
    const made = await project(`services:\n${services}`);
    const { PATH = '', MODE = '' } = providers.environment;
    Object.assign(made.environment, { PATH: `${PATH}:${process.env.PATH}`, MODE });
    return made;
  };

  it('gives the same variables as with Docker Compose, so that neither makes the container anew', async () => {
    const made = await withProviders(
      `  db: { provider: { type: sets } }\n  web: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, depends_on: [db] }\n`,
    );
    const container = async () => {
      const format = '{{.Id}} {{json .Config.Env}}';
      return (await made.docker('inspect', '--format', format, `${made.name}-web-1`)).out;
    };
    const { code, err } = await made.dockerCompose('up', '-d');
    expect(code, err).toBe(0);
    const theirs = await container();
    expect(theirs).toContain('DB_URL=sql://db?a=b');
    expect(theirs).toContain('DB_MODE=test');
    const ours = await made.compose('up', '-d');
    expect(ours.code, ours.err).toBe(0);
    expect(await container()).toBe(theirs);
  });

  it.each(['error', 'status', 'nonsense'])('that fails by %s ends with the same status', async (how) => {
    const made = await withProviders(`  bad: { provider: { type: fails, options: { how: ${how} } } }\n`);
    const theirs = await made.dockerCompose('up', '-d');
    const ours = await made.compose('up', '-d');
    expect(ours.code).toBe(theirs.code);
    if (how === 'error') expect(ours.err).toContain('no quota');
  });

  it('whose program is gone fails at down, as with Docker Compose', async () => {
    const made = await withProviders('  db: { provider: { type: absent } }\n');
    const theirs = await made.dockerCompose('down');
    const ours = await made.compose('down');
    expect([ours.code, theirs.code]).toEqual([1, 1]);
  });
});

it('models come with the same variables as with Docker Compose, by the same calls of the plugin', async () => {
  const { folder, plugins } = makeModelPlugin();
  try {
    const made = await project(`services:
  chat: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, models: { big-one: { endpoint_var: LLM } } }
models: { big-one: { model: ai/big, context_size: 4096, runtime_flags: [--temp, "0"] } }
`);
    const config = JSON.stringify({ cliPluginsExtraDirs: [inject('engineBin'), plugins] });
    await made.write({ 'docker/config.json': config });
    made.environment.DOCKER_CONFIG = join(made.folder, 'docker');
    const calls = async () => {
      const lines = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');
      await rm(join(folder, 'calls'));
      return lines.sort();
    };
    const container = async () => {
      const format = '{{.Id}} {{json .Config.Env}}';
      return (await made.docker('inspect', '--format', format, `${made.name}-chat-1`)).out;
    };
    const theirs = await made.dockerCompose('up', '-d');
    expect(theirs.code, theirs.err).toBe(0);
    const [before, theirCalls] = [await container(), await calls()];
    expect(before).toContain('LLM=http://models.test/v1/');
    expect(before).toContain('BIG_ONE_MODEL=ai/big');
    const ours = await made.compose('up', '-d');
    expect(ours.code, ours.err).toBe(0);
    expect(await container()).toBe(before);
    expect(await calls()).toEqual(theirCalls);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('run', () => {
  it('in the background leaves a program that reads waiting', async () => {
    const made = await project(`services: { web: ${sleeper} }`);
    const id = (await made.compose('run', '-d', 'web', 'cat')).out.trim();
    const { out } = await made.docker('inspect', '--format', '{{.State.Status}} {{.Config.OpenStdin}}', id);
    expect(out.trim()).toBe('running true');
    await made.docker('rm', '-f', id);
  });

  it('leaves the image’s own value where -e has none', async () => {
    const made = await project(
      `services: { web: { build: { context: ., dockerfile_inline: "FROM busybox\\nENV WHERE=image" }, command: env } }`,
    );
    expect((await made.compose('run', '--rm', '-e', 'WHERE', 'web')).out).toContain('WHERE=image');
    expect((await made.compose('run', '--rm', '-e', 'WHERE=', 'web')).out).toMatch(/^WHERE=$/m);
    await made.compose('down', '--rmi', 'local');
  });

  it('refuses a terminal that input cannot reach', async () => {
    const made = await project(`services: { web: ${sleeper} }`);
    for (const option of ['--tty', '--no-tty=false'])
      expect(await made.compose('run', '--rm', option, 'web', 'true')).toMatchObject({
        code: 1,
        err: expect.stringContaining('cannot attach stdin to a TTY-enabled container'),
      });
    expect((await made.compose('run', '--tty', '--no-tty', 'web', 'true')).err).toContain(
      "--tty and --no-tty can't be used together",
    );
    expect(await made.compose('run', '--rm', '-T', 'web', 'true')).toMatchObject({ code: 0 });
  });
});

it('what runs is listed and stopped without the files it was started with', async () => {
  const made = await project(`services: { web: ${sleeper} }`);
  await made.compose('up', '-d');
  await made.write({
    'compose.yaml': `services: { web: { image: busybox, command: [sleep, "1000"], env_file: gone.env } }`,
  });
  expect((await made.compose('ps', '--services')).out).toBe('web\n');
  expect(await made.compose('stop')).toMatchObject({ code: 0 });
  expect(await made.compose('up', '-d')).toMatchObject({ code: 1 });
  const same = '{ image: busybox, container_name: same-name }';
  await made.write({ 'compose.yaml': `services: { web: ${same}, other: ${same} }` });
  expect((await made.compose('up', '-d')).err).toContain('container name "same-name" is already in use');
  expect(await made.compose('down')).toMatchObject({ code: 0 });
  expect((await made.compose('up', 'nobody')).err).toContain('no such service: nobody');
});

it('a platform that is not built for is refused', async () => {
  const made = await project(
    'services: { web: { build: { context: ., platforms: [linux/amd64, linux/arm64], dockerfile_inline: "FROM busybox" } } }',
  );
  made.environment.DOCKER_DEFAULT_PLATFORM = 'windows/amd64';
  expect((await made.compose('build')).err).toContain(
    'service "web" build.platforms does not support value set by DOCKER_DEFAULT_PLATFORM: windows/amd64',
  );
});

it('ps prints what the Docker CLI is configured to, unless it is told otherwise', async () => {
  const made = await project(`services: { web: ${sleeper} }`);
  await made.write({ 'docker/config.json': JSON.stringify({ psFormat: 'table {{.Name}}' }) });
  await made.compose('up', '-d');
  made.environment.DOCKER_CONFIG = join(made.folder, 'docker');
  expect((await made.compose('ps')).out).toBe(`NAME\n${made.name}-web-1\n`);
  expect((await made.compose('ps', '--format', 'table')).out).toContain('IMAGE');
});

it('a secret of an included project takes its value from that project’s variables', async () => {
  const made = await project('include: [{ path: other/compose.yaml, env_file: other/values.env }]', {
    'other/values.env': 'SECRET=from the include',
    'other/compose.yaml': `services: { reader: { image: busybox, command: cat /run/secrets/mine, secrets: [mine] } }
secrets: { mine: { environment: SECRET } }
`,
  });
  expect((await made.compose('run', '--rm', 'reader')).out).toBe('from the include');
});

describe('build', () => {
  it('writes what the builder says to the output, and names what it made', async () => {
    const made = await project(
      'services: { web: { build: { context: ., dockerfile_inline: "FROM busybox\\nRUN echo step >/step" } } }',
    );
    const { out, err } = await made.compose('build');
    expect(out).toMatch(/RUN echo step/);
    expect(out).toMatch(new RegExp(`naming to \\S*${made.name}-web\\S* .*done`));
    expect(err).toMatch(/Built/);
    await made.compose('down', '--rmi', 'local');
  });

  it('--print writes the file for bake that Docker Compose writes', async () => {
    const made = await project(
      `services:
  a.b:
    image: "127.0.0.1:1/x:1"
    platform: linux/amd64
    build:
      context: .
      args: { B: "1", A: "x$\${HOME}", N: }
      tags: ["t:1"]
      target: t
      labels: [z=1]
      network: host
      extra_hosts: ["h:1.2.3.4"]
      ssh: [mine=./id]
      shm_size: 64m
      ulimits: { nofile: { soft: 1, hard: 2 } }
      cache_from: [x]
      cache_to: [type=inline]
      privileged: true
      secrets: [s, { source: e, target: q }]
      provenance: true
      sbom: generator=x
      pull: true
      no_cache: true
      platforms: [linux/amd64]
  inline:
    build:
      context: .
      dockerfile_inline: "FROM a\\nRUN echo $\${X}"
      additional_contexts: { base: "service:a.b", other: ./ }
      platforms: [linux/amd64, linux/arm64]
  fetched: { build: "https://example.test/x.git" }
  none: { image: busybox }
secrets: { s: { file: ./id }, e: { environment: E } }
`,
      { id: '' },
    );
    const printed = ({ out }: { readonly out: string }) => {
      const file = JSON.parse(out.replace(/("com.docker.compose.version": ")[^"]*/g, '$1'));
      file.group.default.targets.sort();
      return file;
    };
    for (const words of [[], ['--check', 'a.b'], ['--push', '--no-cache', '--build-arg', 'Q=1', 'inline']]) {
      const given = ['build', '--print', ...words];
      expect(printed(await made.compose(...given))).toEqual(printed(await made.dockerCompose(...given)));
    }
  });

  it('refuses what the image store cannot hold, as Docker Compose does, and up builds for one platform', async () => {
    const build = 'context: ., dockerfile_inline: "FROM busybox"';
    const made = await project(`services:
  proven: { build: { ${build}, provenance: mode=max } }
  stored: { build: { ${build}, cache_to: ["type=registry,ref=127.0.0.1:1/x"] } }
  several: { build: { ${build}, platforms: [linux/amd64, linux/arm64] }, command: "true" }
`);
    for (const words of [['proven'], ['stored'], ['several'], ['--sbom=true', 'several']]) {
      const [ours, theirs] = [
        await made.compose('build', ...words),
        await made.dockerCompose('build', ...words),
      ];
      expect([ours.code, theirs.code], words.join(' ')).toEqual([1, 1]);
      expect(ours.err).toContain('Turn on the containerd image store');
    }
    const { code, err } = await made.compose('up', '-d', 'several');
    expect(code, err).toBe(0);
    await made.compose('down', '--rmi', 'all');
  });

  it('--check finds in Dockerfiles what Docker Compose finds, and says it with the same words and status', async () => {
    const made = await project('services: {}', {
      Dockerfile: 'from busybox as Base\nMAINTAINER me\nCMD echo hi\n',
      'Good.Dockerfile': 'FROM busybox\n',
      'Bad.Dockerfile': 'FROM busybox\nRUNN x\n',
      'compose.yaml': `services:
  warned: { build: . }
  clean: { build: { context: ., dockerfile: Good.Dockerfile } }
  broken: { build: { context: ., dockerfile: Bad.Dockerfile } }
`,
    });
    for (const words of [['clean'], ['warned', 'clean'], ['broken', 'warned']]) {
      const theirs = await made.dockerCompose('build', '-q', '--check', ...words);
      const ours = await made.compose('build', '--check', ...words);
      expect([ours.code, ours.out]).toEqual([theirs.code, theirs.out]);
    }
    made.environment.DOCKER_HOST = hostOf('oldEngineHost');
    expect(await made.compose('build', '--check', 'clean')).toMatchObject({
      code: 1,
      err: expect.stringContaining('This engine cannot check Dockerfiles'),
    });
  });

  it('with the classic builder is in the order of dependencies, and says what only BuildKit can do', async () => {
    const made = await project('services: {}');
    made.environment.DOCKER_BUILDKIT = '0';
    const base = `${made.name}-first`;
    await made.write({
      'compose.yaml': `services:
  a: { build: { context: ., dockerfile_inline: "FROM ${base}" }, depends_on: [z] }
  z: { image: ${base}, build: { context: ., dockerfile_inline: "FROM busybox" } }
`,
    });
    expect(await made.compose('build', '--with-dependencies', 'a')).toMatchObject({ code: 0 });
    await made.compose('down', '--rmi', 'all');
    await writeFile(
      join(made.folder, 'compose.yaml'),
      'services: { a: { build: { context: ., privileged: true, dockerfile_inline: "FROM busybox" } } }',
    );
    expect((await made.compose('build')).err).toContain(
      "the classic builder doesn't support privileged mode, set DOCKER_BUILDKIT=1 to use BuildKit",
    );
  });
});

it('pull names what must be built where it cannot be pulled', async () => {
  const made = await project(
    'services: { web: { image: "127.0.0.1:1/nowhere", build: { context: ., dockerfile_inline: "FROM busybox" } } }',
  );
  await eventually(async () =>
    expect((await made.compose('pull')).err).toContain(
      'Some service image(s) must be built from source by running:\n    docker compose build web\n',
    ),
  );
});

it('publish refuses what it would leave behind, and names what looks like a credential', async () => {
  const made = await project('include: [other.yaml]', { 'other.yaml': `services: { web: ${sleeper} }` });
  expect(await made.compose('publish', '--dry-run', '127.0.0.1:1/app')).toMatchObject({
    code: 1,
    err: expect.stringContaining('cannot publish compose file with local includes'),
  });
  await made.write({
    'compose.yaml': `services:
  web: { image: busybox, env_file: web.env, environment: { AWS_ACCESS_KEY_ID: A3TX1234567890ABCDEF } }
`,
    'web.env': `GITHUB_TOKEN=ghp_${'a1'.repeat(18)}\n`,
  });
  const { code, err } = await made.compose('publish', '--dry-run', '--with-env', '127.0.0.1:1/app');
  expect(code).toBe(130);
  expect(err).toContain('AWS Client ID\n"services.web.environment.AWS_ACCESS_KEY_ID": ***');
  expect(err).toContain('Github authentication\n"services.web.environment.GITHUB_TOKEN": ***');
  expect(err).not.toMatch(/A3TX|ghp_/);
});

describe('cp out of a container', () => {
  const links = ['rel', 'abs', 'to-dir', 'broken', 'sub/up', 'to-dir/', 'to-dir/.'];
  const sources = [...links, 'dir/.', 'file', 'dir', 'none'];
  const destinations = ['given', 'existing', 'existing/new', './', 'nowhere/x', 'a-file', 'a-file/'];

  let made: Stack;
  beforeAll(async () => {
    made = await stack(hostOf('engineHost'), `services: { web: ${sleeper} }`);
    await made.compose('up', '-d');
    const script = `mkdir -p /t/dir /t/sub; echo hi > /t/file; echo in > /t/dir/x; cd /t
ln -s file rel; ln -s /t/file abs; ln -s dir to-dir; ln -s nowhere broken; ln -s ../rel sub/up`;
    expect((await made.compose('exec', '-T', 'web', 'sh', '-c', script)).code).toBe(0);
  });
  afterAll(() => made?.remove());

  it.each(sources)('copies %s, and with -L what links lead to, as Docker Compose does', async (source) => {
    for (const option of links.includes(source) ? [[], ['-L']] : [[]])
      for (const to of destinations) {
        const words = ['cp', ...option, `web:/t/${source}`];
        const [ours, theirs] = await Promise.all([
          copied(made.compose, words, 'ours', to),
          copied(made.dockerCompose, words, 'theirs', to),
        ]);
        expect(ours, [...words, to].join(' ')).toEqual(theirs);
      }
  });

  /** The status and what is there then: nothing new after a failure. */
  async function copied(
    cli: Stack['compose'],
    words: readonly string[],
    folder: string,
    to: string,
  ): Promise<object> {
    const out = join(made.folder, folder);
    await rm(out, { recursive: true, force: true });
    await mkdir(join(out, 'existing'), { recursive: true });
    await writeFile(join(out, 'a-file'), 'old');
    const { code } = await cli(...words, `${folder}/${to}`);
    const found = code === 0 ? await readdir(out, { recursive: true, withFileTypes: true }) : [];
    const described = found.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return `${relative(out, path)} ${entry.isSymbolicLink() ? await readlink(path) : entry.isFile() ? await readFile(path, 'utf8') : '/'}`;
    });
    return { code, files: (await Promise.all(described)).sort() };
  }
});

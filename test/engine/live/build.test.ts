import { execFile } from 'node:child_process';
import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines, hostOf } from './engine.ts';
import { EngineProxy, type Fault } from './proxy.ts';
import { type Stack, stack } from './stack.ts';

/** What a build may ask for while it runs: files, secrets, an SSH agent. */
describe.each(engines)('a build on Engine %s', (version, host) => {
  let app: Stack;
  beforeEach(async () => {
    app = await stack(hostOf(host), 'services: {}\n');
  });
  afterEach(async () => {
    await app.compose('down', '--rmi', 'local');
    await app.remove();
  });

  const build = async (files: Readonly<Record<string, string>>, ...words: readonly string[]) => {
    await app.write(files);
    return await app.compose('build', ...words);
  };
  const see = async (...command: readonly string[]) => {
    const { code, out, err } = await app.compose('run', '--rm', '-T', 'web', ...command);
    expect(code, err).toBe(0);
    return out;
  };

  it('sends what .dockerignore leaves, with modes and links, and nothing of its own', async () => {
    await app.write({
      'compose.yaml': 'services: {web: {build: .}}\n',
      Dockerfile: 'FROM busybox\nCOPY . /app\nWORKDIR /app\n',
      '.dockerignore': '*.log\n!keep.log\nnode_modules\n.dockerignore\nDockerfile\ncompose.yaml\n',
      'a.log': 'x',
      'keep.log': 'x',
      'src/deep/é file.txt': 'there',
      'node_modules/big/index.js': 'x',
      run: '#!/bin/sh\necho ran\n',
    });
    await chmod(join(app.folder, 'run'), 0o755);
    await symlink('src/deep', join(app.folder, 'link'));
    const built = await app.compose('build');
    expect(built.code, built.err).toBe(0);
    expect(await see('sh', '-c', 'find . | sort')).toBe(
      await see(
        'sh',
        '-c',
        'printf ".\\n./keep.log\\n./link\\n./run\\n./src\\n./src/deep\\n./src/deep/é file.txt\\n"',
      ),
    );
    expect(await see('sh', '-c', './run; cat "link/é file.txt"; stat -c %U:%G run')).toBe(
      'ran\nthereroot:root\n',
    );
  });

  it('takes --ssh without a value for the agent of the environment, and says so where there is none', async () => {
    const { code, err } = await build(
      { 'compose.yaml': 'services: {web: {build: {dockerfile_inline: "FROM busybox"}}}\n' },
      '--ssh',
      '',
    );
    expect(code).toBe(1);
    expect(err).toContain('SSH_AUTH_SOCK is not set');
  });

  it('builds one image upon another of the project in order where COMPOSE_BAKE says so', async () => {
    const base = `${app.name}-base`;
    await app.write({
      'compose.yaml': `services:
  base: {image: ${base}, build: {dockerfile_inline: "FROM busybox\\nRUN echo base > /made"}}
  web: {depends_on: [base], build: {dockerfile_inline: "FROM ${base}\\nRUN cat /made"}}
`,
    });
    app.environment.COMPOSE_BAKE = 'false';
    const built = await app.compose('build');
    expect(built.code, built.err).toBe(0);
    expect(await see('cat', '/made')).toBe('base\n');
    await app.compose('down');
    await app.docker('rmi', base);
  });

  it('takes a Dockerfile that is inline, elsewhere, or has an ignore file of its own', async () => {
    const built = await build({
      'compose.yaml': `services:
  web:
    build:
      context: app
      dockerfile_inline: |
        FROM busybox
        COPY . /app
  outside: {build: {context: app, dockerfile: ../docker/outside.Dockerfile}}
  own: {build: {context: app, dockerfile: own.Dockerfile}}
`,
      'app/a.txt': 'a',
      'app/own.Dockerfile': 'FROM busybox\nCOPY . /app\n',
      'app/own.Dockerfile.dockerignore': 'a.txt\n*Dockerfile*\n',
      'docker/outside.Dockerfile': 'FROM busybox\nCOPY a.txt /outside\n',
    });
    expect(built.code, built.err).toBe(0);
    expect(await see('ls', '/app')).toBe('a.txt\nown.Dockerfile\nown.Dockerfile.dockerignore\n');
    expect((await app.compose('run', '--rm', '-T', 'outside', 'cat', '/outside')).out).toBe('a');
    expect((await app.compose('run', '--rm', '-T', 'own', 'sh', '-c', 'ls /app 2>&1 | head -c 3')).out).toBe(
      '',
    );
  });

  it('is given secrets, which stay out of the image', async () => {
    app.environment.TOKEN = 's3cret';
    const built = await build({
      'compose.yaml': `services:
  web:
    build:
      context: .
      dockerfile_inline: |
        FROM busybox
        RUN --mount=type=secret,id=token --mount=type=secret,id=key cat /run/secrets/token /run/secrets/key | tr a-z A-Z > /seen
      secrets: [token, {source: file, target: key}]
secrets: {token: {environment: TOKEN}, file: {file: ./key.txt}}
`,
      'key.txt': '/key',
    });
    expect(built.code, built.err).toBe(0);
    expect(await see('cat', '/seen')).toBe('S3CRET/KEY');
    expect(built.err).not.toContain('s3cret');
    expect(await see('sh', '-c', 'cat /run/secrets/* 2>/dev/null; true')).toBe('');
  });

  it('is given an empty secret for a variable that is not set, and refused for a file that is not there', async () => {
    const compose = (secret: string) => ({
      'compose.yaml': `services:
  web:
    build:
      context: .
      dockerfile_inline: |
        FROM busybox
        RUN --mount=type=secret,id=token test -f /run/secrets/token && wc -c < /run/secrets/token > /seen
      secrets: [token]
secrets: {token: {${secret}}}
`,
    });
    const built = await build(compose('environment: NEVER_SET'));
    expect(built.code, built.err).toBe(0);
    expect(await see('cat', '/seen')).toBe('0\n');
    expect(await build(compose('file: ./none.txt'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/uses the secret token, whose file .*none\.txt cannot be read/),
    });
  });

  it('is lent the SSH agent', async () => {
    const agent = await startAgent(join(app.folder, 'agent.sock'));
    try {
      await app.write({
        'compose.yaml': `services:
  web:
    build:
      context: .
      ssh: [default]
      dockerfile_inline: |
        FROM busybox
        RUN --mount=type=ssh test -S "$$SSH_AUTH_SOCK" && echo lent > /seen
`,
      });
      expect(await app.compose('build')).toMatchObject({
        code: 1,
        err: expect.stringContaining('SSH_AUTH_SOCK'),
      });
      app.environment.SSH_AUTH_SOCK = agent.socket;
      const built = await app.compose('build');
      expect(built.code, built.err).toBe(0);
      expect(await see('cat', '/seen')).toBe('lent\n');
    } finally {
      agent.stop();
    }
  });

  it('takes folders, services and images as further contexts', async () => {
    const built = await build({
      'compose.yaml': `services:
  base: {build: {context: ., dockerfile_inline: "FROM busybox\\nRUN echo base > /base"}}
  web:
    build:
      context: .
      additional_contexts: {shared: ./shared, base: "service:base", tools: "docker-image://busybox"}
      dockerfile_inline: |
        FROM base
        COPY --from=shared lib.txt /lib.txt
        COPY --from=tools /bin/busybox /tools
`,
      'shared/lib.txt': 'shared',
      'shared/.dockerignore': 'secret.txt\n',
    });
    if (version === '20.10') {
      expect(built).toMatchObject({ code: 1, err: expect.stringContaining('before 23.0') });
      return;
    }
    expect(built.code, built.err).toBe(0);
    expect(await see('cat', '/base', '/lib.txt')).toBe('base\nshared');
  });

  it('says which step failed and why, and leaves nothing behind', async () => {
    const built = await build({
      'compose.yaml': 'services: {web: {build: .}}\n',
      Dockerfile: 'FROM busybox\nRUN echo because >&2; exit 3\n',
    });
    expect(built.code).toBe(1);
    expect(built.err).toMatch(/because/);
    expect(built.err).toMatch(/The image of service web could not be built: .*exit code: 3/);
    const missing = await build({ Dockerfile: 'FROM busybox\nCOPY nothing.txt /\n' });
    expect(missing.err).toMatch(/nothing\.txt/);
  });

  it('says what the engine forbids, and ends', async () => {
    for (const attribute of ['entitlements: [security.insecure]', 'privileged: true']) {
      const built = await build({
        'compose.yaml': `services: {web: {build: {context: ., ${attribute}, dockerfile_inline: "FROM busybox"}}}\n`,
      });
      expect(built.err).toMatch(/security\.insecure is not allowed/);
      expect(built.code).toBe(1);
    }
  });

  it('ends at once when it is cancelled', async () => {
    await app.write({
      'compose.yaml': 'services: {web: {build: .}}\n',
      Dockerfile: 'FROM busybox\nRUN echo begun; sleep 1000\n',
    });
    const { code } = await app.composeInterrupted(/begun$/m, 'build');
    expect(code).toBe(130);
  });
});

describe('the connections of a build', () => {
  let proxy: EngineProxy;
  let app: Stack;
  beforeEach(async () => {
    proxy = await EngineProxy.listen(hostOf('engineHost'));
    app = await stack(
      proxy.host,
      'services: {web: {build: {context: ., dockerfile_inline: "FROM busybox"}}}\n',
    );
  });
  afterEach(async () => {
    proxy.faultOf = () => ({ kind: 'none' });
    await app.compose('down', '--rmi', 'local');
    await app.remove();
    await proxy.close();
  });

  it('are closed', async () => {
    const built = await app.compose('build');
    expect(built.code, built.err).toBe(0);
    await expect.poll(() => proxy.connections).toBe(0);
  });

  const faults: readonly (readonly [string, Fault])[] = [
    ['refused', { kind: 'refuse' }],
    ['cut before the answer', { kind: 'cut', after: 0 }],
    ['cut after it', { kind: 'cut', after: 'head' }],
    ['stalled', { kind: 'stall', after: 'head' }],
  ];
  it.each(
    [/\/grpc/, /\/session/].flatMap((path) => faults.map(([name, fault]) => [path, name, fault] as const)),
  )('%s %s: said, and closed', async (path, _name, fault) => {
    proxy.faultOf = (line) => (path.test(line) ? fault : { kind: 'none' });
    const built = await app.compose('build');
    expect(built.code).toBe(1);
    expect(built.err).toMatch(
      /was lost|out of luck|does not respond with HTTP|nothing answers|did not answer|no active session/,
    );
    await expect.poll(() => proxy.connections).toBe(0);
  });
});

/** An agent without keys is one nevertheless. */
function startAgent(socket: string): Promise<{ readonly socket: string; stop(): void }> {
  return new Promise((resolve, reject) => {
    const child = execFile('ssh-agent', ['-D', '-a', socket]);
    child.once('error', reject);
    child.stdout?.once('data', () => resolve({ socket, stop: () => child.kill() }));
  });
}

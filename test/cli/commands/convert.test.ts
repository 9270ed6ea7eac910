import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../run-command.ts';

let cwd = '';

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'convert-'));
  await writeFile(
    join(cwd, 'compose.yaml'),
    `name: shop
services:
  web: { image: "nginx:1.27", ports: ["80:80"], environment: { MODE: base } }
  db: { image: "postgres:17", environment: { POSTGRES_PASSWORD: secret } }
`,
  );
  await writeFile(
    join(cwd, 'prod.yaml'),
    `services:
  web: { environment: { MODE: prod }, deploy: { replicas: 3 } }
  cache: { image: redis }
`,
  );
});

afterAll(() => rm(cwd, { recursive: true, force: true }));

const run = (...words: string[]) => runCommand(words, { cwd, environment: {} });

it('writes one file for each object, and says what did not go over', async () => {
  const { status, errors } = await run('convert', '-o', 'k8s');
  expect(status).toBe(0);
  expect((await readdir(join(cwd, 'k8s'))).sort()).toEqual([
    '.composure.sha256',
    'db-deployment.yaml',
    'db-env-secret.yaml',
    'db-service.yaml',
    'web-deployment.yaml',
    'web-service.yaml',
  ]);
  expect(errors).toContain('services.web.ports: They are open only inside the cluster.');
  if (process.platform !== 'win32') {
    expect((await stat(join(cwd, 'k8s/db-env-secret.yaml'))).mode & 0o777).toBe(0o600);
  }
});

it('prints one stream', async () => {
  const { output } = await run('convert', '--stdout', 'web');
  expect(output.split('---\n').map((text) => /^kind: (.*)$/m.exec(text)?.[1])).toEqual([
    'Deployment',
    'Service',
  ]);
});

describe('bridge convert', () => {
  it('writes what convert writes, to out, and removes what is no longer made', async () => {
    expect(await run('convert', '-o', 'same')).toMatchObject({ status: 0 });
    expect(await run('-f', 'compose.yaml', '-f', 'prod.yaml', 'bridge', 'convert')).toMatchObject({
      status: 0,
    });
    expect(await readdir(join(cwd, 'out'))).toContain('cache-deployment.yaml');
    expect(await run('bridge', 'convert')).toMatchObject({ status: 0 });
    const names = await readdir(join(cwd, 'same'));
    expect(await readdir(join(cwd, 'out'))).toEqual(names);
    for (const name of names)
      expect(await readFile(join(cwd, 'out', name), 'utf8')).toBe(
        await readFile(join(cwd, 'same', name), 'utf8'),
      );
  });

  it('makes a chart where Docker’s image for charts is named', async () => {
    expect(
      await run('bridge', 'convert', '-o', 'b', '-t', 'docker/compose-bridge-helm:latest'),
    ).toMatchObject({ status: 0 });
    expect(await readdir(join(cwd, 'b'))).toContain('Chart.yaml');
  });

  it.each([
    [['convert', '--templates', 'mine'], '--templates is not supported: '],
    [['convert', '-t', 'me/mine'], '-t, --transformation me/mine is not supported: '],
    [['transformations', 'ls'], 'bridge transformations is not supported: '],
    [['nothing'], 'unknown command: "bridge nothing"'],
  ])('refuses %j by name', async (words, message) => {
    expect(await run('bridge', ...words)).toMatchObject({
      status: 1,
      errors: expect.stringContaining(message),
    });
  });

  it('alone says what there is', async () => {
    expect(await run('bridge')).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^ {2}convert +Convert/m),
    });
  });
});

it('writes nothing in a dry run', async () => {
  const { output } = await run('--dry-run', 'convert', '-o', 'dry');
  expect(output).toContain(`Would write ${join(cwd, 'dry', 'web-deployment.yaml')}`);
  await expect(stat(join(cwd, 'dry'))).rejects.toThrow('ENOENT');
});

it('writes a Kustomize base, and what is different in an environment', async () => {
  expect((await run('convert', '-o', 'k', '--kustomize', '--overlay', 'prod=prod.yaml')).status).toBe(0);
  const read = (path: string) => readFile(join(cwd, 'k', path), 'utf8');
  expect(await read('base/kustomization.yaml')).toMatchSnapshot();
  expect(await read('overlays/prod/kustomization.yaml')).toMatchSnapshot();
  expect(await read('overlays/prod/web-deployment-patch.yaml')).toMatchSnapshot();
  expect(await read('overlays/prod/cache-deployment.yaml')).toContain('image: redis');
});

it('writes a Helm chart', async () => {
  expect((await run('convert', '-o', 'c', '--chart')).status).toBe(0);
  const read = (path: string) => readFile(join(cwd, 'c', path), 'utf8');
  expect(await read('Chart.yaml')).toContain('apiVersion: v2\n');
  expect(await read('templates/web-deployment.yaml')).toContain(
    'image: {{ index .Values "workloads" "web" "containers" "web" "image" | toJson }}\n',
  );
  expect(await read('values.yaml')).toContain('resources: {}\n');
});

it.skipIf(process.platform === 'win32')('keeps the secrets of an environment to their owner', async () => {
  await writeFile(
    join(cwd, 'secret.yaml'),
    'services: { db: { environment: { POSTGRES_PASSWORD: other } } }\n',
  );
  await run('convert', '-o', 'ks', '--kustomize', '--overlay', 'prod=secret.yaml');
  const patch = join(cwd, 'ks/overlays/prod/db-env-secret-patch.yaml');
  expect(await readFile(patch, 'utf8')).toContain(`value: ${btoa('other')}`);
  expect((await stat(patch)).mode & 0o777).toBe(0o600);
});

it('waits for healthy dependencies, with the image that is said, or not at all', async () => {
  await writeFile(
    join(cwd, 'wait.yaml'),
    'services: { web: { depends_on: { db: { condition: service_healthy } } } }\n',
  );
  const convert = async (...words: string[]) =>
    (await run('-f', 'compose.yaml', '-f', 'wait.yaml', 'convert', '--stdout', ...words)).output;
  expect(await convert()).toContain('name: wait-for-db\n          image: busybox:1.37\n');
  expect(await convert('--wait-image', 'own/busybox')).toContain('image: own/busybox\n');
  expect(await convert('--wait-image', 'none')).not.toContain('initContainers');
});

it('puts a hash of their content behind the names of ConfigMaps and Secrets', async () => {
  const names = async (content: string) => {
    const text = `services: { web: { image: nginx, configs: [site] } }\nconfigs: { site: { content: ${content} } }\n`;
    await writeFile(join(cwd, 'hashed.yaml'), text);
    const { output } = await run('-f', 'hashed.yaml', 'convert', '--stdout', '--hash-names');
    return output.match(/site-[0-9a-f]{8}/g) ?? [];
  };
  const [before = '', ...others] = await names('a');
  // In the pod, too.
  expect(others).toEqual([before]);
  expect(await names('b')).not.toContain(before);
});

it.each([
  [['convert'], 'say where to: --output DIR or --stdout'],
  [
    ['convert', '--chart', '--stdout'],
    '--chart writes to a directory (--output DIR), and does not go with --kustomize',
  ],
  [['convert', '-o', 'k', '--overlay', 'a=b'], '--overlay goes with --kustomize'],
  [
    ['convert', '--kustomize', '-o', 'k', '--overlay', '../x=b'],
    'invalid overlay "../x=b": NAME=FILE[,FILE...]',
  ],
  [['convert', '--stdout', '--diff'], '--diff compares with a directory: --output DIR'],
  [['convert', '-o', 'k', '--controller', 'pod'], 'unknown controller "pod"'],
])('%j is refused', async (words, message) => {
  const { status, errors } = await run(...words);
  expect(status).toBe(1);
  expect(errors).toContain(message);
});

describe('over an earlier conversion', () => {
  const compose = (text: string) => writeFile(join(cwd, 'again.yaml'), text);
  const convert = (...words: string[]) => run('-f', 'again.yaml', 'convert', '-o', 'again', ...words);
  const files = async () => (await readdir(join(cwd, 'again'))).sort();
  const at = (name: string) => join(cwd, 'again', name);
  const one = 'name: x\nservices: { web: { image: nginx } }\n';
  const two = 'name: x\nservices: { web: { image: "nginx:2" }, db: { image: postgres } }\n';

  beforeEach(async () => {
    await rm(join(cwd, 'again'), { recursive: true, force: true });
    await compose(two);
    expect((await convert()).status).toBe(0);
  });

  it('writes only what has changed', async () => {
    expect((await convert()).output).toBe('Nothing has changed since the last conversion.\n');
    await compose(two.replace('nginx:2', 'nginx:3'));
    expect((await convert()).output).toBe(`Wrote ${at('web-deployment.yaml')}\n`);
  });

  it('shows what would change', async () => {
    expect(await convert('--diff')).toMatchObject({ status: 0, output: '' });
    await compose(one);
    const { status, output } = await convert('--diff');
    expect(status).toBe(1);
    expect(output).toContain('-          image: nginx:2\n+          image: nginx\n');
    expect(output).toContain('--- a/db-service.yaml\n+++ /dev/null\n@@ -1,');
    expect(await readFile(at('web-deployment.yaml'), 'utf8')).toContain('nginx:2');
  });

  it('names what is no longer made, and removes it when it is told to', async () => {
    await compose(one);
    const { errors } = await convert();
    expect(errors).toContain(
      `Kept ${at('db-service.yaml')}: it is of an earlier conversion (--prune removes it).`,
    );
    expect(await files()).toContain('db-service.yaml');
    const { output } = await convert('--prune');
    expect(output).toBe(`Removed ${at('db-deployment.yaml')}\nRemoved ${at('db-service.yaml')}\n`);
    expect(await files()).toEqual(['.composure.sha256', 'web-deployment.yaml', 'web-service.yaml']);
  });

  it('does not overwrite or remove what was edited, unless it is told to', async () => {
    await writeFile(at('web-service.yaml'), 'mine\n');
    await writeFile(at('db-service.yaml'), 'mine too\n');
    await compose(one);
    const { errors } = await convert('--prune');
    expect(errors).toContain('web-service.yaml: it was edited since it was written (--force overwrites it).');
    expect(errors).toContain('db-service.yaml: it was edited since it was written (--force removes it).');
    expect(await readFile(at('web-service.yaml'), 'utf8')).toBe('mine\n');
    // Asked again, it is still somebody's work.
    expect((await convert('--prune')).errors).toContain('--force overwrites it');
    expect((await convert('--prune', '--force')).errors).not.toContain('Kept');
    expect(await readFile(at('web-service.yaml'), 'utf8')).toContain('kind: Service');
    expect(await files()).toEqual(['.composure.sha256', 'web-deployment.yaml', 'web-service.yaml']);
  });

  it('does not overwrite what was there before the first one', async () => {
    await rm(at('.composure.sha256'));
    await writeFile(at('web-service.yaml'), 'mine\n');
    expect((await convert()).errors).toContain('Kept');
    expect(await readFile(at('web-service.yaml'), 'utf8')).toBe('mine\n');
  });

  it('takes other line ends for the same', async () => {
    const text = await readFile(at('web-service.yaml'), 'utf8');
    await writeFile(at('web-service.yaml'), text.replaceAll('\n', '\r\n'));
    expect((await convert()).output).toBe('Nothing has changed since the last conversion.\n');
  });

  it('never leaves its folder, whatever the list of files says', async () => {
    const outside = join(cwd, 'outside.yaml');
    await writeFile(outside, '');
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    await writeFile(at('.composure.sha256'), `${empty}  ../outside.yaml\n`);
    await convert('--prune', '--force');
    expect((await stat(outside)).isFile()).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('keeps a list that sha256sum reads', () => {
    const output = execFileSync('sha256sum', ['-c', '.composure.sha256'], { cwd: join(cwd, 'again') });
    expect(String(output)).toContain('web-deployment.yaml: OK');
  });
});

it('says what a cluster that has the last conversion would make of this one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'convert-again-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const convert = async (ports: string, ...words: string[]) => {
    await writeFile(
      join(folder, 'compose.yaml'),
      `services: { web: { image: nginx${ports} }, old: { image: a } }`,
    );
    return runCommand(['convert', '-o', 'k8s', ...words], { cwd: folder, environment: {} });
  };
  expect((await convert('')).errors).not.toContain('In a cluster');
  const { errors } = await convert(', ports: ["8080:80"]', '--diff');
  expect(errors).toContain(
    'In a cluster that has the last conversion:\nservice/web spec.clusterIP: kept. The cluster accepts it, but the Service stays headless',
  );
  await convert(', ports: ["8080:80"]');
  await writeFile(join(folder, 'compose.yaml'), 'services: { web: { image: nginx } }');
  const gone = (await runCommand(['convert', '-o', 'k8s'], { cwd: folder, environment: {} })).errors;
  expect(gone).toContain(
    'service/web spec.clusterIP: refused. It cannot be changed. Run kubectl delete service web',
  );
  expect(gone).toContain('deployment/old: left. It is no longer generated');
});

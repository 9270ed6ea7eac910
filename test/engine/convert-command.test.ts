import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

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
    'db-deployment.yaml',
    'db-env-secret.yaml',
    'db-service.yaml',
    'web-deployment.yaml',
    'web-service.yaml',
  ]);
  expect(errors).toContain('services.web.ports: They are open inside the cluster only.');
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

it.each([
  [['convert'], 'say where to: --output DIR or --stdout'],
  [['convert', '-o', 'k', '--overlay', 'a=b'], '--overlay goes with --kustomize'],
  [
    ['convert', '--kustomize', '-o', 'k', '--overlay', '../x=b'],
    'invalid overlay "../x=b": NAME=FILE[,FILE...]',
  ],
  [['convert', '-o', 'k', '--controller', 'pod'], 'unknown controller "pod"'],
])('%j is refused', async (words, message) => {
  const { status, errors } = await run(...words);
  expect(status).toBe(1);
  expect(errors).toContain(message);
});

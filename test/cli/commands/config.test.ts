import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../run-command.ts';

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'composure-config-'));
});

afterEach(() => rm(cwd, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), text);
  }
}

function config(...words: string[]) {
  return runCommand(['config', ...words], { cwd, environment: { HOME: '/home/someone' } });
}

const stack = {
  'compose.yaml': `name: shop
services:
  web:
    image: nginx:\${TAG:-alpine}
    ports: ["\${PORT}:80"]
    environment:
      PRICE: 5$$
    depends_on: [api]
  api:
    build: .
    networks: [back]
    volumes: [data:/data]
  debug:
    image: busybox
    profiles: [tools]
volumes: {data: , unused: }
networks: {back: }
`,
  '.env': 'PORT=8080\n',
};

describe('lists', () => {
  test.each([
    ['--services', 'api\nweb\n'],
    ['--volumes', 'data\n'],
    ['--networks', 'back\ndefault\n'],
    ['--images', 'shop-api\nnginx:alpine\n'],
    ['--profiles', 'tools\n'],
  ])('%s', async (option, expected) => {
    await write(stack);
    expect(await config(option)).toEqual({ status: 0, output: expected, errors: '' });
  });

  test('--hash of some, and of one that is not there', async () => {
    await write(stack);
    expect((await config('--hash', 'web')).output).toMatch(/^web [0-9a-f]{64}\n$/);
    expect((await config('--hash', '*')).output).toMatch(/^api [0-9a-f]{64}\nweb [0-9a-f]{64}\n$/);
    expect(await config('--hash', 'nothere')).toMatchObject({ status: 1, output: '' });
  });

  test('--variables', async () => {
    await write(stack);
    expect((await config('--variables')).output).toBe(
      [
        'NAME                REQUIRED            DEFAULT VALUE       ALTERNATE VALUE',
        'PORT                false                                   ',
        'TAG                 false               alpine              ',
        '',
      ].join('\n'),
    );
  });

  test('--environment', async () => {
    await write(stack);
    const { output } = await config('--environment');
    expect(output.split('\n')).toEqual(expect.arrayContaining(['PORT=8080', 'COMPOSE_PROJECT_NAME=shop']));
  });
});

describe('the project', () => {
  test('dollar signs are doubled, so that it can be loaded again', async () => {
    await write(stack);
    expect((await config()).output).toContain('PRICE: 5$$\n');
    const { output } = await config('--format', 'json');
    expect(JSON.parse(output)).toMatchObject({ services: { web: { environment: { PRICE: '5$$' } } } });
  });

  test('what was printed means the same', async () => {
    await write(stack);
    const { output } = await config();
    await write({ 'again.yaml': output });
    const again = await runCommand(['-f', 'again.yaml', 'config'], { cwd, environment: {} });
    expect(again).toEqual({ status: 0, output, errors: '' });
  });

  test('--no-interpolate', async () => {
    await write(stack);
    const { output, errors } = await config('--no-interpolate');
    expect(output).toContain('image: nginx:${TAG:-alpine}');
    expect(output).toContain('PRICE: 5$$\n');
    expect(errors).toBe('');
  });

  test('only the services named, and what they need', async () => {
    await write(stack);
    const { output } = await config('--format', 'json', 'api');
    expect(Object.keys(JSON.parse(output).services)).toEqual(['api']);
  });

  test('-q says nothing, -o writes a file', async () => {
    await write(stack);
    expect(await config('-q')).toEqual({ status: 0, output: '', errors: '' });
    expect(await config('-o', 'out.yaml')).toEqual({ status: 0, output: '', errors: '' });
    expect(await readFile(join(cwd, 'out.yaml'), 'utf8')).toMatch(/^name: shop\n/);
  });

  test('an unknown format is refused', async () => {
    await write(stack);
    expect(await config('--format', 'toml')).toMatchObject({ status: 1, output: '' });
  });
});

describe('mistakes', () => {
  test('all of them, with file, line and column', async () => {
    await write({
      'compose.yaml': 'services:\n  web:\n    image: a\n    ports: ["80:x"]\n    networks: [nothere]\n',
    });
    const { status, output, errors } = await config();
    expect({ status, output }).toEqual({ status: 1, output: '' });
    const file = join(cwd, 'compose.yaml');
    expect(errors.split('\n').map((line) => line.slice(0, file.length + 6))).toEqual([
      `${file}:4:17:`,
      `${file}:5:16:`,
      '',
    ]);
  });

  test('--problems json', async () => {
    await write({ 'compose.yaml': 'services:\n  web:\n    image: "a:$TAG"\n    scale: many\n' });
    const { status, output } = await config('--problems', 'json');
    expect(status).toBe(1);
    const file = join(cwd, 'compose.yaml');
    expect(JSON.parse(output)).toMatchObject([
      {
        code: 'unset-variable',
        severity: 'warning',
        file,
        range: { start: { line: 3, column: 15 }, end: { line: 3, column: 19 } },
        path: 'services.web.image',
        data: { variable: 'TAG' },
      },
      { code: 'invalid-cast', severity: 'error', file, path: 'services.web.scale' },
    ]);
  });

  test('a project without problems has none', async () => {
    await write(stack);
    expect(await config('--problems', 'json')).toEqual({ status: 0, output: '[]\n', errors: '' });
  });

  test('what cannot be read is a message', async () => {
    await mkdir(join(cwd, 'compose.yaml'));
    expect(await config()).toMatchObject({ status: 1, output: '' });
  });
});

test('a project from standard input', async () => {
  const environment = { HOME: '/home/someone' };
  const read = (input: string) => runCommand(['-p', 'x', '-f', '-', 'config'], { cwd, environment, input });
  expect((await read('services:\n  web: {image: a}\n')).output).toMatch(/^name: x\n/);
  expect(await read('services:\n  web: {imagee: a}\n')).toMatchObject({
    status: 1,
    errors: expect.stringMatching(/^-:2:9: /m),
  });
});

test('--explain says where a value comes from', async () => {
  await write({
    ...stack,
    'compose.override.yaml': 'services:\n  web:\n    image: nginx:${TAG:-1.21-alpine}\n',
  });
  const { output } = await config('--explain', 'services.web.image');
  expect(output.replaceAll(cwd, '')).toBe(`services.web.image = "nginx:1.21-alpine"
  set at /compose.override.yaml:3:12: nginx:\${TAG:-1.21-alpine}
  overrides /compose.yaml:4:12: nginx:\${TAG:-alpine}
  TAG: not set
`);
  const ports = await config('--explain', 'services.web.ports');
  expect(ports.output.replaceAll(cwd, '')).toContain('PORT: "8080" from /.env:1:1: PORT=8080');
  expect(await config('--explain', 'services.nothere')).toMatchObject({ status: 1, output: '' });
});

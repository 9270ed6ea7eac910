import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildServer } from './support/build.ts';
import { TestClient } from './support/test-client.ts';

const isUnix = process.platform !== 'win32';

let folder: string;
let server: string;
let client: TestClient;
const memory = () => join(folder, 'memory');

beforeAll(async () => {
  if (!isUnix) return;
  folder = mkdtempSync(join(tmpdir(), 'composure-hostile-'));
  server = mkdtempSync(join(tmpdir(), 'composure-server-'));
  buildServer(server);
  // At its end the process says what the most was that it held.
  const hook = join(folder, 'hook.mjs');
  writeFileSync(
    hook,
    `import { writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { rss } = process.memoryUsage();
  writeFileSync(${JSON.stringify(join(folder, 'memory'))}, JSON.stringify({ rss, most: process.resourceUsage().maxRSS * 1024 }));
});
`,
  );
  client = await TestClient.built(join(server, 'server.mjs'), {
    folder: pathToFileURL(folder).href,
    nodeOptions: ['--import', pathToFileURL(hook).href],
  });
}, 60_000);

afterAll(() => {
  if (!isUnix) return;
  rmSync(folder, { recursive: true });
  rmSync(server, { recursive: true });
});

const pipe = (...path: string[]) => execFileSync('mkfifo', [join(folder, ...path)]);

/** Projects, each of which has something in a file's place that never ends or never answers. */
const hostile: Readonly<Record<string, readonly [text: string, codes: readonly string[], make: () => void]>> =
  {
    'env-1': ['services: {a: {image: "x:1"}}\n', [], () => pipe('env-1', '.env')],
    'env-2': ['services: {a: {image: "x:1"}}\n', [], () => pipe('env-2', '.env')],
    'env-file': [
      'services: {a: {image: "x:1", env_file: a.env}}\n',
      ['file-unreadable'],
      () => pipe('env-file', 'a.env'),
    ],
    'label-file': [
      'services: {a: {image: "x:1", label_file: a.labels}}\n',
      ['file-unreadable'],
      () => pipe('label-file', 'a.labels'),
    ],
    include: [
      'include: [more.yaml]\nservices: {a: {image: "x:1"}}\n',
      ['file-unreadable'],
      () => pipe('include', 'more.yaml'),
    ],
    extends: [
      'services: {a: {extends: {service: b, file: base.yaml}}}\n',
      ['file-unreadable'],
      () => pipe('extends', 'base.yaml'),
    ],
    dockerfile: ['services: {a: {build: .}}\n', ['file-unreadable'], () => pipe('dockerfile', 'Dockerfile')],
    override: ['services: {a: {image: "x:1"}}\n', [], () => pipe('override', 'compose.override.yaml')],
    device: ['include: [/dev/urandom]\nservices: {a: {image: "x:1"}}\n', ['file-unreadable'], () => {}],
    large: [
      'include: [large.yaml]\nservices: {a: {image: "x:1", env_file: large.yaml}}\n',
      ['file-too-large', 'file-too-large'],
      () => {
        writeFileSync(join(folder, 'large', 'large.yaml'), '');
        truncateSync(join(folder, 'large', 'large.yaml'), 1_000_000_000);
      },
    ],
  };

test.runIf(isUnix)(
  'a clean project is answered beside eight pipes, an endless device and a file of 1 GB, in less than 200 MB',
  async () => {
    const uris: string[] = [];
    for (const [name, [text, , make]] of Object.entries(hostile)) {
      mkdirSync(join(folder, name));
      make();
      const file = join(folder, name, 'compose.yaml');
      writeFileSync(file, text);
      uris.push(pathToFileURL(file).href);
      await client.open(pathToFileURL(file).href, text);
    }
    mkdirSync(join(folder, 'clean'));
    const clean = pathToFileURL(join(folder, 'clean', 'compose.yaml')).href;
    writeFileSync(join(folder, 'clean', 'more.yaml'), 'services: {db: {image: "y:1"}}\n');
    await client.open(clean, 'include: [more.yaml]\nservices: {web: {image: "x:1", depends_on: [nobody]}}\n');

    // All asked at once, the clean one last: it is answered though nothing ever comes out of the others.
    const answers = uris.map((uri) => client.diagnostics(uri));
    expect((await client.diagnostics(clean)).map(({ code }) => code)).toEqual(['undefined-dependency']);
    const errors = await Promise.all(answers);
    const wanted = Object.entries(hostile).map(([name, [, codes]]) => [name, codes]);
    const found = Object.keys(hostile).map((name, index) => [
      name,
      errors[index]?.map(({ code }) => code).filter((code) => String(code).startsWith('file-')),
    ]);
    expect(found).toEqual(wanted);
    const included = errors[Object.keys(hostile).indexOf('include')]?.[0];
    expect(included?.message).toBe(
      `${join(folder, 'include', 'more.yaml')} cannot be read: it is a pipe. Replace it with a regular file.`,
    );

    // Features read through the same door.
    const uri = uris[Object.keys(hostile).indexOf('dockerfile')] ?? '';
    await client.at('textDocument/completion', uri, client.document(uri).getText().indexOf('.}'));
    await client.at('textDocument/documentLink', uri, 0);

    expect(client.errors).toEqual([]);
    await client.end();
    const { most } = JSON.parse(readFileSync(memory(), 'utf8')) as { most: number };
    expect(most).toBeLessThan(200_000_000);
  },
  60_000,
);

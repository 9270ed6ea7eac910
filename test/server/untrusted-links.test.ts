import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionList, DocumentLink } from 'vscode-languageserver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diskFiles } from '../../disk/disk-files.ts';
import { cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

// A workspace whose links lead out of it, opened in Restricted Mode and in a trusted one; the folder opened is itself behind a link.
let top: string;
let work: string;

beforeAll(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'composure-links-')));
  const real = join(top, 'real');
  await mkdir(join(top, 'outside', 'deep'), { recursive: true });
  await mkdir(join(real, 'app'), { recursive: true });
  await mkdir(join(real, 'build'));
  await writeFile(join(top, 'outside', 'Dockerfile'), 'ARG SECRET=1\nFROM x AS hidden\n');
  await writeFile(join(top, 'outside', 'a.env'), 'HIDDEN=1\n');
  await writeFile(join(top, 'outside', 'more.yaml'), 'services: {hidden: {image: "x:1"}}\n');
  await writeFile(join(top, 'outside', '.dclintrc'), '{}');
  await symlink(join(top, 'outside'), join(real, 'out'));
  await symlink(join(top, 'outside', 'Dockerfile'), join(real, 'build', 'Dockerfile'));
  await symlink(join(top, 'outside', '.dclintrc'), join(real, 'app', '.dclintrc'));
  await symlink(join(top, 'outside', 'a.env'), join(real, 'app', '.env'));
  await symlink('../build', join(real, 'app', 'inside'));
  await writeFile(join(real, 'build', 'in.env'), '');
  await symlink(real, join(top, 'work'));
  work = join(top, 'work');
});

afterAll(() => rm(top, { recursive: true }));

async function ask<T>(
  trusted: boolean,
  marked: string,
  about: (client: TestClient, uri: string, at: number) => Promise<T>,
) {
  const client = await TestClient.inProcess({
    folder: pathToFileURL(work).href,
    initializationOptions: { trusted },
    host: { files: diskFiles() },
  });
  const { text, offset } = cursorIn(marked);
  const uri = pathToFileURL(join(work, 'app', 'compose.yaml')).href;
  await client.open(uri, text);
  const answer = await about(client, uri, offset);
  expect(client.errors).toEqual([]);
  await client.close();
  return answer;
}

const completions = (trusted: boolean, marked: string) =>
  ask(trusted, marked, async (client, uri, at) =>
    (await client.at<CompletionList>('textDocument/completion', uri, at)).items.map(({ label }) => label),
  );

const codes = (trusted: boolean, marked: string) =>
  ask(trusted, marked, async (client, uri) => (await client.diagnostics(uri)).map(({ code }) => code));

test('folder listings', async () => {
  const text = 'services:\n  a:\n    image: x:1\n    env_file: ../out/‸\n';
  expect(await completions(true, text)).toContain('a.env');
  expect(await completions(false, text)).toEqual([]);
  // A link that stays inside is followed.
  expect(await completions(false, text.replace('../out/', 'inside/'))).toContain('in.env');
});

test('stages and arguments of a Dockerfile', async () => {
  const stage = 'services:\n  a:\n    build:\n      context: ../build\n      target: ‸\n';
  expect(await completions(true, stage)).toContain('hidden');
  expect(await completions(false, stage)).not.toContain('hidden');
  const argument = 'services:\n  a:\n    build:\n      context: ../build\n      args:\n        ‸\n';
  expect(await completions(true, argument)).toContain('SECRET');
  expect(await completions(false, argument)).not.toContain('SECRET');
});

test('names and variables of files', async () => {
  const name = 'include: [../out/more.yaml]\nservices:\n  a:\n    image: x:1\n    depends_on: [‸]\n';
  expect(await completions(true, name)).toContain('hidden');
  expect(await completions(false, name)).not.toContain('hidden');
  expect(await codes(false, name)).toContain('outside-workspace');
  const variable = 'services:\n  a:\n    image: x:${‸}\n';
  expect(await completions(true, variable)).toContain('HIDDEN');
  expect(await completions(false, variable)).not.toContain('HIDDEN');
});

test('.dclintrc', async () => {
  const text = 'services:\n  a:\n    image: x:1\n    ports:\n      - 8080:80\n‸';
  expect((await codes(true, text)).filter((code) => code === 'require-quotes-in-ports')).toHaveLength(1);
  expect((await codes(false, text)).filter((code) => code === 'require-quotes-in-ports')).toEqual([]);
});

test('links to files', async () => {
  const text = 'services:\n  a:\n    image: x:1\n    env_file: ../out/a.env\n‸';
  const links = (trusted: boolean) =>
    ask(trusted, text, (client, uri) =>
      client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } }),
    );
  expect((await links(true)).filter(({ target }) => target?.endsWith('a.env'))).toHaveLength(1);
  expect((await links(false)).filter(({ target }) => target?.endsWith('a.env'))).toEqual([]);
});

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BuildContext, injectedDockerfile, packContext } from '#engine/image-build/build-context.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'composure-context-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const never = new AbortController().signal;

async function write(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}

/** The archive's entries: folders end in a slash, links say where to. */
async function packed(dockerfile: BuildContext['dockerfile'] = { path: 'Dockerfile' }, signal = never) {
  const entries: string[] = [];
  const reader = extract();
  Readable.from(packContext({ directory, dockerfile }, signal)).pipe(reader);
  for await (const entry of reader) {
    let size = 0;
    for await (const chunk of entry) size += chunk.length;
    const { name, type, linkname, uid, gid } = entry.header;
    expect([uid, gid, size], name).toEqual([0, 0, entry.header.size]);
    entries.push(
      type === 'directory' ? name.replace(/\/*$/, '/') : type === 'symlink' ? `${name} -> ${linkname}` : name,
    );
  }
  return entries;
}

describe('a build context', () => {
  it('is the folder with all that is in it, owned by root', async () => {
    await write({ Dockerfile: 'FROM scratch', 'src/a.txt': 'a', '.hidden': '' });
    await mkdir(join(directory, 'empty'));
    await symlink('src/a.txt', join(directory, 'link'));
    expect(await packed()).toEqual([
      '.hidden',
      'Dockerfile',
      'empty/',
      'link -> src/a.txt',
      'src/',
      'src/a.txt',
    ]);
  });

  // The examples of the Dockerfile reference, and what people write.
  it.each<[string, string, readonly string[]]>([
    ['nothing', '', ['a.txt', 'sub/', 'sub/a.txt', 'sub/b.md', 'sub/deep/', 'sub/deep/c.md']],
    ['a folder', 'sub', ['a.txt']],
    ['a folder with slashes', '/sub/', ['a.txt']],
    [
      'a name at the top only',
      '*.md',
      ['a.txt', 'sub/', 'sub/a.txt', 'sub/b.md', 'sub/deep/', 'sub/deep/c.md'],
    ],
    ['a name one level down', '*/*.md', ['a.txt', 'sub/', 'sub/a.txt', 'sub/deep/', 'sub/deep/c.md']],
    ['a name anywhere', '**/*.md', ['a.txt', 'sub/', 'sub/a.txt', 'sub/deep/']],
    ['a question mark', '?.txt', ['sub/', 'sub/a.txt', 'sub/b.md', 'sub/deep/', 'sub/deep/c.md']],
    ['an exception', 'sub\n!sub/b.md', ['a.txt', 'sub/b.md']],
    ['an exception far below', '*\n!sub/deep/c.md', ['sub/deep/c.md']],
    ['the last rule wins', '!sub/b.md\nsub', ['a.txt']],
    [
      'comments and blank lines',
      '# sub\n\n  a.txt  \n',
      ['sub/', 'sub/a.txt', 'sub/b.md', 'sub/deep/', 'sub/deep/c.md'],
    ],
  ])('leaves out %s', async (_name, rules, expected) => {
    await write({
      Dockerfile: '',
      'a.txt': '',
      'sub/a.txt': '',
      'sub/b.md': '',
      'sub/deep/c.md': '',
      '.dockerignore': rules,
    });
    const entries = (await packed()).filter((name) => name !== 'Dockerfile' && name !== '.dockerignore');
    expect(entries).toEqual(expected);
  });

  it('always has its Dockerfile and its ignore file', async () => {
    await write({
      'docker/Dockerfile': '',
      'docker/other': '',
      '.dockerignore': '*\nDockerfile\n.dockerignore\n',
    });
    expect(await packed({ path: 'docker/Dockerfile' })).toEqual(['.dockerignore', 'docker/Dockerfile']);
  });

  it('goes by the ignore file beside the Dockerfile before the general one', async () => {
    await write({
      'web.Dockerfile': '',
      'web.Dockerfile.dockerignore': 'a',
      '.dockerignore': 'b',
      a: '',
      b: '',
    });
    expect(await packed({ path: 'web.Dockerfile' })).toEqual([
      '.dockerignore',
      'b',
      'web.Dockerfile',
      'web.Dockerfile.dockerignore',
    ]);
  });

  it('carries a Dockerfile from elsewhere', async () => {
    await write({ a: '' });
    expect(await packed({ text: 'FROM scratch' })).toEqual(['a', injectedDockerfile]);
  });

  it('takes long names and names that are not ASCII', async () => {
    const name = `${'é'.repeat(60)}/${'x'.repeat(200)}`;
    await write({ Dockerfile: '', [name]: 'x' });
    expect(await packed()).toContain(name);
  });

  it('fails with what cannot be read', async () => {
    directory = join(directory, 'nosuch');
    const reading = (async () => {
      for await (const _ of packContext({ directory, dockerfile: { text: '' } }, never));
    })();
    await expect(reading).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('nosuch'),
    });
  });

  it('stops when cancelled', async () => {
    await write(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, 'x'.repeat(5000)])));
    const abort = new AbortController();
    const reading = (async () => {
      for await (const _ of packContext({ directory, dockerfile: { text: '' } }, abort.signal)) abort.abort();
    })();
    await expect(reading).rejects.toThrow();
  });
});

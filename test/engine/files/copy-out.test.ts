import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { isHeldName } from '#engine/files/held-name.ts';
import { stageCopy } from '#engine/files/staged-copy.ts';
import { readArchive } from '#engine/files/archive-reader.ts';
import { copyFromContainer, stageFromContainer } from '#engine/operations/copy.ts';
import { fc } from '../../property.ts';
import { ArchiveEngine, archiveOf, type RawEntry } from './archive-engine.ts';

const { signal } = new AbortController();

/** Every path below a folder, with what is there; links are not followed. */
function snapshot(folder: string, without = '', below = ''): readonly string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = join(below, name);
    const at = join(folder, path);
    const found = lstatSync(at);
    if (path === without) return [];
    if (found.isSymbolicLink()) return [`${path} -> ${readlinkSync(at)}`];
    return found.isDirectory()
      ? [`${path}/`, ...snapshot(folder, without, path)]
      : [`${path}: ${readFileSync(at, 'utf8')}`];
  });
}

describe('what an engine sends of a container', () => {
  const server = new ArchiveEngine();
  let engine: EnginePort;
  let outer: string;
  let dest: string;
  beforeAll(async () => {
    engine = await server.engine();
  });
  afterAll(async () => {
    engine.close();
    await server.close();
  });
  beforeEach(async () => {
    outer = await mkdtemp(join(tmpdir(), 'composure-copy-'));
    dest = join(outer, 'dest');
    mkdirSync(dest);
    mkdirSync(join(outer, 'outside'));
    await writeFile(join(outer, 'outside', 'kept'), 'kept');
    server.isCut = false;
  });
  afterEach(() => rm(outer, { recursive: true, force: true }));

  const copy = async (entries: readonly RawEntry[], source = '/x') => {
    server.answer = await archiveOf(entries);
    return copyFromContainer(engine, 'c', source, dest, {}, signal);
  };

  it.each<readonly [string, readonly RawEntry[]]>([
    ['a path that leads up', [{ name: '../evil', content: 'evil' }]],
    ['a folder that is called as what is above', [{ name: '..', type: 'directory' }]],
    ['a path that leads up below', [{ name: 'x/', type: 'directory' }, { name: 'x/../../evil' }]],
    [
      'a link that leads out',
      [
        { name: 'x/', type: 'directory' },
        { name: 'x/d', type: 'symlink', linkname: '../../outside' },
      ],
    ],
    ['another root', [{ name: 'x/', type: 'directory' }, { name: '/etc/evil' }]],
    [
      'a link and a file below it',
      [
        { name: 'x/', type: 'directory' },
        { name: 'x/d', type: 'symlink', linkname: '/outside' },
        { name: 'x/d/evil', content: 'evil' },
      ],
    ],
    [
      'a link as the root and a file below it',
      [
        { name: 'x', type: 'symlink', linkname: '/outside' },
        { name: 'x/evil', content: 'evil' },
      ],
    ],
    [
      'a link and a hard link below it',
      [
        { name: 'x/', type: 'directory' },
        { name: 'x/file', content: 'evil' },
        { name: 'x/d', type: 'symlink', linkname: '/outside' },
        { name: 'x/d/evil', type: 'link', linkname: 'x/file' },
      ],
    ],
  ])('is refused when it has %s', async (_what, entries) => {
    const before = snapshot(outer);
    await expect(copy(entries)).rejects.toMatchObject({ name: 'EngineError', kind: 'invalid' });
    expect(snapshot(outer)).toEqual(before);
  });

  it('goes through no link that an earlier copy made', async () => {
    await symlink('../outside', join(dest, 'x'));
    const before = snapshot(outer);
    await expect(
      copy([
        { name: 'x/', type: 'directory' },
        { name: 'x/evil', content: 'evil' },
      ]),
    ).rejects.toThrow('must be created there');
    expect(snapshot(outer)).toEqual(before);
  });

  it('replaces a link that stands where a file is to be, not what it leads to', async () => {
    await symlink('../outside/kept', join(dest, 'x'));
    await copy([{ name: 'x', content: 'new' }]);
    expect(snapshot(outer)).toEqual(['dest/', 'dest/x: new', 'outside/', 'outside/kept: kept']);
  });

  it('has both names of a file with two, links, what is empty, and what other names need', async () => {
    const long = 'n'.repeat(200);
    const leftOut = await copy([
      { name: 'x/', type: 'directory' },
      { name: 'x/a', content: 'one', mode: 0o640 },
      { name: 'x/b', type: 'link', linkname: 'x/a' },
      { name: 'x/to-a', type: 'symlink', linkname: 'a' },
      { name: 'x/again', type: 'link', linkname: 'x/to-a' },
      { name: `x/${long}/${long}`, content: 'long' },
      { name: 'x/empty' },
    ]);
    expect(leftOut).toEqual([]);
    expect(snapshot(join(dest, 'x'))).toEqual([
      'a: one',
      'again -> a',
      'b: one',
      'empty: ',
      `${long}/`,
      `${long}/${long}: long`,
      'to-a -> a',
    ]);
    expect(statSync(join(dest, 'x', 'b')).ino).toBe(statSync(join(dest, 'x', 'a')).ino);
    expect(statSync(join(dest, 'x', 'a')).mode & 0o777).toBe(0o640);
  });

  it('names what it leaves out', async () => {
    const leftOut = await copy([
      { name: 'x/', type: 'directory' },
      { name: 'x/pipe', type: 'fifo' },
      { name: 'x/null', type: 'character-device', devmajor: 1, devminor: 3 },
      { name: 'x/disk', type: 'block-device' },
      { name: 'x/outside', type: 'link', linkname: '/etc/passwd' },
      { name: 'x/up', type: 'link', linkname: 'x/../../outside/kept' },
      { name: 'x/self', type: 'link', linkname: 'x/self' },
      { name: `x/${'n'.repeat(300)}`, content: 'long' },
      { name: 'x/file', content: 'file' },
    ]);
    expect(leftOut).toEqual([
      { path: 'x/pipe', why: 'special' },
      { path: 'x/null', why: 'special' },
      { path: 'x/disk', why: 'special' },
      { path: 'x/outside', why: 'linked' },
      { path: 'x/up', why: 'linked' },
      { path: 'x/self', why: 'linked' },
      { path: `x/${'n'.repeat(300)}`, why: 'name' },
    ]);
    expect(snapshot(dest)).toEqual(['x/', 'x/file: file']);
  });

  it('leaves out what the names of another system cannot tell apart, or are not', async () => {
    server.answer = await archiveOf([
      { name: 'x/', type: 'directory' },
      { name: 'x/Read', content: 'first' },
      { name: 'x/read', content: 'second' },
      { name: 'x/a\\..\\..\\evil', content: 'evil' },
      { name: 'x/nul.txt', content: 'device' },
      { name: 'x/end.', content: 'dot' },
      { name: 'x/C:/evil', content: 'drive' },
    ]);
    const staged = await stageCopy(readArchive(engine, 'c', '/x', signal), join(dest, 'x'), signal, 'win32');
    await staged.place();
    await staged.discard();
    expect(staged.leftOut.map(({ path, why }) => `${path}: ${why}`)).toEqual([
      'x/read: same-name',
      'x/a\\..\\..\\evil: name',
      'x/nul.txt: name',
      'x/end.: name',
      'x/C:/evil: name',
    ]);
    expect(snapshot(dest)).toEqual(['x/', 'x/Read: first']);
  });

  it('takes no place for stretches of zeros', async () => {
    const content = Buffer.alloc(8 * 2 ** 20);
    content.write('end', content.length - 3);
    await copy([{ name: 'x', content }]);
    expect(readFileSync(join(dest, 'x')).equals(content)).toBe(true);
    expect(statSync(join(dest, 'x')).blocks * 512).toBeLessThan(2 ** 20);
  });

  it('is there as a whole or not at all', async () => {
    await writeFile(join(dest, 'x'), 'old');
    const before = snapshot(outer);
    server.answer = (await archiveOf([{ name: 'x', content: 'n'.repeat(100_000) }])).subarray(0, 50_000);
    await expect(copyFromContainer(engine, 'c', '/x', dest, {}, signal)).rejects.toThrow('The copy failed');
    server.isCut = true;
    await expect(copyFromContainer(engine, 'c', '/x', dest, {}, signal)).rejects.toMatchObject({
      name: 'EngineError',
    });
    expect(snapshot(outer)).toEqual(before);
  });

  it('ends with the wish to', async () => {
    const before = snapshot(outer);
    const abort = new AbortController();
    server.answer = await archiveOf([{ name: 'x', content: 'n'.repeat(100_000) }]);
    const staging = stageFromContainer(engine, 'c', '/x', join(dest, 'x'), abort.signal);
    abort.abort();
    await expect(staging).rejects.toMatchObject({ kind: 'cancelled' });
    expect(snapshot(outer)).toEqual(before);
  });

  it('is not waited for when it has no size, and not kept when its name has no end', async () => {
    await expect(copy([{ name: 'x', pax: { size: 'none' } }])).rejects.toThrow('how large');
    const endless = await archiveOf([{ name: 'x', pax: { path: 'n'.repeat(40 * 2 ** 20) } }]);
    server.answer = endless;
    await expect(copyFromContainer(engine, 'c', '/x', dest, {}, signal)).rejects.toThrow(
      'contains a file name of more',
    );
  });

  it('says what would be replaced before anything is, and merges a folder into the one that is there', async () => {
    const entries: readonly RawEntry[] = [
      { name: 'd/', type: 'directory' },
      { name: 'd/a', content: 'new' },
      { name: 'd/below/', type: 'directory' },
      { name: 'd/below/b', content: 'new' },
    ];
    server.answer = await archiveOf(entries);
    const target = join(dest, 'd');
    const once = async () => {
      const staged = await stageFromContainer(engine, 'c', '/d', target, signal);
      const existing = (await staged.existing()).map((path) => relative(dest, path));
      await staged.place();
      await staged.discard();
      return existing;
    };
    expect(await once()).toEqual([]);
    await writeFile(join(target, 'own'), 'own');
    await writeFile(join(target, 'a'), 'old');
    const staged = await stageFromContainer(engine, 'c', '/d', target, signal);
    expect((await staged.existing()).map((path) => relative(dest, path))).toEqual(['d/a', 'd/below/b']);
    await staged.discard();
    expect(readFileSync(join(target, 'a'), 'utf8')).toBe('old');
    await once();
    expect(snapshot(dest)).toEqual(['d/', 'd/a: new', 'd/below/', 'd/below/b: new', 'd/own: own']);
  });

  it('never writes outside, whatever the archive', async () => {
    const part = fc.constantFrom('a', 'b', 'd', '..', '.', '', 'x');
    const path = fc.oneof(
      fc.array(part, { maxLength: 4 }).map((parts) => ['x', ...parts].join('/')),
      fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/') || '/'),
    );
    const type = fc.constantFrom<NonNullable<RawEntry['type']>>(
      'file',
      'directory',
      'symlink',
      'link',
      'fifo',
    );
    const linkname = fc.oneof(
      path,
      fc.constantFrom('../outside', '../../outside', outer, `${outer}/outside/kept`),
    );
    const entry = fc.record({ name: path, type, linkname, content: fc.constantFrom('', 'evil') });
    await symlink('../outside', join(dest, 'a'));
    const before = snapshot(outer, 'dest');
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 8 }), async (entries) => {
        await copy(entries).catch((error: unknown) => expect(error).toMatchObject({ name: 'EngineError' }));
        expect(snapshot(outer, 'dest')).toEqual(before);
        expect(readdirSync(dest).filter((name) => name.startsWith('.composure-'))).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(existsSync(join(outer, 'evil'))).toBe(false);
  });
});

it.each([
  ['a b', true],
  ['com1.txt', false],
  ['com10', true],
  ['aux', false],
  ['ends ', false],
  ['a?b', false],
])('a disk of Windows holds %j: %s', (name, isHeld) => {
  expect(isHeldName(name, 'win32')).toBe(isHeld);
  expect(isHeldName(name, 'linux')).toBe(true);
});

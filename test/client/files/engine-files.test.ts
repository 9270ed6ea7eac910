import { afterEach, describe, expect, it, vi } from 'vitest';
import { LazyFiles } from '../../../client/src/files/lazy-files.ts';
import { EventEmitter, FileSystemError, FileType, state, Uri, window } from '../support/vscode.ts';
import { browsing, web } from './browsing.ts';

const at = (path: string) => Uri.parse(`composure-container://0123456789ab/shop-web-1${path}`) as never;
const inVolume = (path: string) => Uri.parse(`composure-volume:/shop_data${path}`) as never;
const codeOf = (error: unknown) => (error as FileSystemError).code;

async function opened(options: Parameters<typeof browsing>[0] = {}) {
  const all = await browsing(options);
  return { ...all, files: all.workbench.containerFiles };
}

describe('files of containers in editors', () => {
  it('are read, with what they are', async () => {
    const { files, engine } = await opened();
    engine.files.has(web, '/link', '', { kind: 'link', target: '/etc/hosts' });
    expect(Buffer.from(await files.readFile(at('/etc/hosts'))).toString()).toBe('127.0.0.1 localhost\n');
    expect(await files.stat(at('/etc/hosts'))).toMatchObject({ type: FileType.File, size: 20 });
    expect(await files.stat(at('/etc/conf'))).toMatchObject({ type: FileType.Directory });
    expect(await files.stat(at('/link'))).toMatchObject({ type: FileType.File | FileType.SymbolicLink });
    expect(Buffer.from(await files.readFile(inVolume('/base.db'))).toString()).toBe('rows');
  });

  it('are listed, links with what they lead to', async () => {
    const { files, engine } = await opened();
    engine.files.has(web, '/etc/to-conf', '', { kind: 'link', target: '/etc/conf' });
    engine.files.has(web, '/etc/to-nothing', '', { kind: 'link', target: '/nothing' });
    expect(await files.readDirectory(at('/etc'))).toEqual([
      ['conf', FileType.Directory],
      ['to-conf', FileType.SymbolicLink | FileType.Directory],
      ['hosts', FileType.File],
      ['to-nothing', FileType.SymbolicLink],
    ]);
  });

  it('keep their owner and mode when they are saved', async () => {
    const { files, engine, changed } = await opened();
    await files.writeFile(at('/etc/hosts'), Buffer.from('changed'), { create: true, overwrite: true });
    expect(engine.files.text(web, '/etc/hosts')).toBe('changed');
    expect(engine.files.entry(web, '/etc/hosts')).toMatchObject({ uid: 7, gid: 8, mode: 0o600 });
    expect(changed).toEqual(['changed /shop-web-1/etc/hosts']);
  });

  it('are made only where that was meant', async () => {
    const { files, engine } = await opened();
    const bytes = Buffer.from('new');
    const change = { create: false, overwrite: true };
    expect(codeOf(await files.writeFile(at('/new'), bytes, change).catch((error) => error))).toBe(
      'FileNotFound',
    );
    const make = { create: true, overwrite: false };
    expect(codeOf(await files.writeFile(at('/etc/hosts'), bytes, make).catch((error) => error))).toBe(
      'FileExists',
    );
    expect(engine.calls).toEqual([]);
    await files.writeFile(at('/new'), bytes, make);
    expect(engine.files.text(web, '/new')).toBe('new');
  });

  it('are moved within a container, also within a volume that is mounted somewhere', async () => {
    const { files, engine, changed } = await opened();
    await files.rename(inVolume('/base.db'), inVolume('/old/base.db'), { overwrite: false });
    expect(engine.calls).toEqual(['mv /data/base.db /data/old/base.db']);
    expect(changed).toEqual(['deleted /shop_data/base.db', 'created /shop_data/old/base.db']);
  });

  it('are not moved from one container to another', async () => {
    const { files, engine } = await opened();
    const moved = files.rename(at('/etc/hosts'), inVolume('/hosts'), { overwrite: false });
    await expect(moved).rejects.toThrow('Files can be moved only within the same container.');
    expect(engine.calls).toEqual([]);
  });

  it('are missing in words of VS Code; what else is wrong is in words of the engine', async () => {
    const { files, engine } = await opened();
    expect(codeOf(await files.stat(at('/nothing')).catch((error) => error))).toBe('FileNotFound');
    const folder = files.readFile(at('/etc'));
    await expect(folder).rejects.toThrow('/etc is not a file.');
    engine.containers.delete(web);
    const gone = await files.stat(at('/nothing')).catch((error) => error);
    expect(codeOf(gone)).toBe('Unavailable');
    expect(gone.message).toBe(
      'The container shop-web-1 no longer exists. It was removed or replaced by a new one.',
    );
  });

  it('are not opened where they are very large', async () => {
    const { files, engine } = await opened();
    engine.files.has(web, '/large', '', { content: { length: 60_000_000 } as Buffer });
    await expect(files.readFile(at('/large'))).rejects.toThrow(
      '/large is 60 MB, larger than the limit for opening files in containers (50 MB). Download it instead.',
    );
  });

  it('of a container that no project has are found by its id', async () => {
    const { files } = await opened({
      change: (engine) => {
        const lonely = engine.has('', 'x', { id: 'fedcba987654', name: 'lonely' });
        engine.containers.set(lonely.id, { ...lonely, labels: {} });
        engine.files.has(lonely.id, '/a', 'alone');
      },
    });
    const uri = Uri.parse('composure-container://fedcba987654/lonely/a') as never;
    expect(await files.stat(uri)).toMatchObject({ size: 5 });
  });
});

describe('a file that is open', () => {
  afterEach(() => {
    vi.useRealTimers();
    window.state.focused = true;
  });

  async function watched() {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const all = await opened();
    const watching = all.files.watch(at('/etc/hosts'), { recursive: false });
    const look = vi.spyOn(all.files, 'stat');
    /** The next look, to its end. */
    const looked = async () => {
      const before = look.mock.calls.length;
      vi.advanceTimersByTime(4000);
      if (look.mock.calls.length === before) return false;
      await look.mock.results.at(-1)?.value.catch(() => {});
      await Promise.resolve();
      return true;
    };
    await looked();
    return { ...all, looked, watching };
  }

  it('is looked at from time to time, and told of when it changes or goes', async () => {
    const { engine, changed, looked, watching } = await watched();
    await looked();
    expect(changed).toEqual([]);
    engine.files.has(web, '/etc/hosts', 'changed');
    await looked();
    await expect.poll(() => changed).toEqual(['changed /shop-web-1/etc/hosts']);
    engine.files.removes(web, '/etc/hosts');
    await looked();
    await expect.poll(() => changed.at(-1)).toBe('deleted /shop-web-1/etc/hosts');
    watching.dispose();
    expect(await looked()).toBe(false);
  });

  it('is not looked at while the window is not used', async () => {
    const { looked, watching } = await watched();
    window.state.focused = false;
    expect(await looked()).toBe(false);
    window.state.focused = true;
    expect(await looked()).toBe(true);
    watching.dispose();
  });

  it('of a volume is not: that may take a container each time', async () => {
    const { files } = await opened();
    const look = vi.spyOn(files, 'stat');
    files.watch(inVolume('/base.db'), { recursive: false }).dispose();
    expect(look).not.toHaveBeenCalled();
  });
});

it('nothing is loaded before a file is wanted; then everything is handed on', async () => {
  const { files } = await opened();
  let loads = 0;
  const load = async () => {
    loads++;
    return files;
  };
  const lazy = new LazyFiles(load, new EventEmitter() as never);
  const registered = lazy.register();
  expect([...state.fileProviders.keys()]).toEqual(['composure-container', 'composure-volume']);
  expect(loads).toBe(0);
  await lazy.createDirectory(at('/made'));
  await lazy.writeFile(at('/made/a'), Buffer.from('a'), { create: true, overwrite: false });
  await lazy.rename(at('/made/a'), at('/made/b'), { overwrite: false });
  expect(await lazy.readDirectory(at('/made'))).toEqual([['b', FileType.File]]);
  expect((await lazy.stat(at('/made/b'))).size).toBe(1);
  expect(Buffer.from(await lazy.readFile(at('/made/b'))).toString()).toBe('a');
  await lazy.delete(at('/made'), { recursive: true });
  await expect(lazy.stat(at('/made'))).rejects.toBeInstanceOf(FileSystemError);
  lazy.watch(inVolume('/base.db'), { recursive: false, excludes: [] }).dispose();
  registered.dispose();
  expect(state.fileProviders.size).toBe(0);
});

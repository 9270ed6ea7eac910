import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { EngineError } from '../api/engine-error.ts';
import { join as joinMessages, say } from '../api/message.ts';
import { isWithin } from './watch-rules.ts';

/** `entry`: the path came, went or was replaced, a folder with all that it holds. `content`: what it holds changed. */
export type Change = 'entry' | 'content';

export interface FileWatch {
  close(): void;
}

/**
 * Tells of changes of these paths and of all below those that are folders, whether they exist yet or not. Folders that `wanted` refuses are not
 * looked into. Resolves once nothing is missed any more; rejects, or calls `onError` later, with `EngineError` when the system refuses to watch.
 *
 * Paths can be told of more often than they change, never less; what has happened is to be seen on the disk.
 */
export async function watchFiles(
  paths: readonly string[],
  wanted: (folder: string) => boolean,
  onChange: (path: string, change: Change) => void,
  onError: (error: EngineError) => void,
): Promise<FileWatch> {
  const folders = new FolderWatch(wanted, onChange, onError);
  try {
    for (const path of paths) await folders.begin(path);
  } catch (error) {
    folders.close();
    throw toEngineError(error);
  }
  return folders;
}

/** Windows and macOS tell of a whole tree. Linux tells of single folders, so that there each has a watcher of its own. */
const seesTrees = process.platform === 'win32' || process.platform === 'darwin';

class FolderWatch implements FileWatch {
  readonly #wanted: (folder: string) => boolean;
  readonly #onChange: (path: string, change: Change) => void;
  readonly #onError: (error: EngineError) => void;
  readonly #trees = new Map<string, FSWatcher>();
  /** For each path to watch, watchers of the folders above it that exist: they tell when the path itself comes or goes. */
  readonly #anchors = new Map<string, readonly FSWatcher[]>();
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(
    wanted: (folder: string) => boolean,
    onChange: (path: string, change: Change) => void,
    onError: (error: EngineError) => void,
  ) {
    this.#wanted = wanted;
    this.#onChange = onChange;
    this.#onError = onError;
  }

  async begin(root: string): Promise<void> {
    await this.#anchor(root);
    if (await isFolder(root)) await this.#grow(root);
  }

  close(): void {
    this.#isClosed = true;
    for (const watcher of this.#trees.values()) watcher.close();
    for (const root of this.#anchors.keys()) this.#release(root);
    this.#trees.clear();
  }

  async #anchor(root: string): Promise<void> {
    this.#release(root);
    const watchers: FSWatcher[] = [];
    this.#anchors.set(root, watchers);
    // Each is watched before the next is looked for, so that one that comes meanwhile is not missed.
    for (const folder of foldersAbove(root)) {
      if (!(await isFolder(folder)) || this.#isClosed) return;
      const step = relative(folder, root).split(sep)[0];
      const isParent = folder === dirname(root);
      const onEvent = (event: string, name: string | null): void => {
        if (name !== null && name !== step) return;
        if (event === 'rename') this.#enqueue(() => this.#rootChanged(root));
        else if (isParent) this.#tell(root, 'content');
      };
      try {
        const watcher = watch(folder, onEvent);
        watcher.on('error', () => this.#enqueue(() => this.#rootChanged(root)));
        watchers.push(watcher);
      } catch (error) {
        // Far above there may be folders that are none of our business.
        if (isParent && !isMissing(error)) throw error;
      }
    }
  }

  #release(root: string): void {
    for (const watcher of this.#anchors.get(root) ?? []) watcher.close();
    this.#anchors.delete(root);
  }

  async #rootChanged(root: string): Promise<void> {
    await this.#anchor(root);
    this.#cut(root);
    if (await isFolder(root)) await this.#grow(root);
    this.#tell(root, 'entry');
  }

  async #grow(folder: string): Promise<void> {
    if (this.#isClosed || this.#trees.has(folder) || !this.#wanted(folder)) return;
    let watcher: FSWatcher;
    try {
      watcher = watch(folder, { recursive: seesTrees }, (event, name) => {
        if (name === null) this.#enqueue(() => this.#entryChanged(folder));
        else if (event === 'change') this.#tell(join(folder, name), 'content');
        // A folder also tells of its own going, under its own name.
        else if (name !== basename(folder)) this.#enqueue(() => this.#entryChanged(join(folder, name)));
        else
          this.#enqueue(async () => {
            await this.#entryChanged(join(folder, name));
            if (!(await isFolder(folder))) this.#cut(folder);
          });
      });
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    watcher.on('error', () => this.#cut(folder));
    this.#trees.set(folder, watcher);
    if (seesTrees) return;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) if (entry.isDirectory()) await this.#grow(join(folder, entry.name));
  }

  async #entryChanged(path: string): Promise<void> {
    if (!seesTrees) {
      // A folder of the same name may be another one.
      this.#cut(path);
      if ((await lstat(path).catch(() => undefined))?.isDirectory() === true) await this.#grow(path);
    }
    this.#tell(path, 'entry');
  }

  /** Forgets a folder and all below it. */
  #cut(folder: string): void {
    for (const [path, watcher] of this.#trees) {
      if (!isWithin(folder, path)) continue;
      watcher.close();
      this.#trees.delete(path);
    }
  }

  #tell(path: string, change: Change): void {
    if (!this.#isClosed) this.#onChange(path, change);
  }

  /** One after the other: each looks at the disk and changes what is watched. */
  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#isClosed ? undefined : work()))
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#onError(toEngineError(error));
      });
  }
}

/** From the top down. */
function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === path ? [] : [...foldersAbove(folder), folder];
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const advice =
    codeOf(error) === 'ENOSPC' || codeOf(error) === 'EMFILE'
      ? say`Exclude folders with "ignore", or raise the system's limit (fs.inotify.max_user_watches, fs.inotify.max_user_instances).`
      : undefined;
  const failure = say`Files cannot be watched: ${reason}.`;
  return new EngineError('unsupported', advice === undefined ? failure : joinMessages(failure, advice), {
    cause: error,
  });
}

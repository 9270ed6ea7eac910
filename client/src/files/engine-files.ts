import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import type { FileKind } from '#engine/api/engine-objects.ts';
import { errorText } from '../shared/error-text.ts';
import { FileSchemes } from '../ids.ts';
import type { EngineSession } from '../workspace/engine-session.ts';
import type { FileAccess, FileWork } from './file-access.ts';
import type { Files } from './lazy-files.ts';

/** What is opened in an editor, in bytes; more than that is downloaded. */
const mostOpened = 50_000_000;

/** How long a read or write may take, in ms. */
const patience = 60_000;

/** How often what is open is looked at, in ms. */
const watchPeriod = 4000;

const containerFiles = () => import('#engine/files/container-files.ts');

const types: Readonly<Record<FileKind, vscode.FileType>> = {
  file: vscode.FileType.File,
  folder: vscode.FileType.Directory,
  link: vscode.FileType.SymbolicLink,
  other: vscode.FileType.Unknown,
};

/** The files of containers and volumes, for VS Code's editors. Whatever goes wrong is said in words, in the user's language. */
export class EngineFiles implements Files {
  readonly #access: FileAccess;
  readonly #session: EngineSession;
  readonly #changed: vscode.EventEmitter<vscode.FileChangeEvent[]>;

  constructor(
    access: FileAccess,
    session: EngineSession,
    changed: vscode.EventEmitter<vscode.FileChangeEvent[]>,
  ) {
    this.#access = access;
    this.#session = session;
    this.#changed = changed;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const found = await this.#at(uri, async (engine, host, path, signal) =>
      (await containerFiles()).findFile(engine, host, path, signal),
    );
    return {
      type: types[found.kind] | (found.isLinked ? vscode.FileType.SymbolicLink : 0),
      ctime: found.modifiedAt,
      mtime: found.modifiedAt,
      size: found.size,
    };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const { entries } = await this.#at(uri, async (engine, host, path, signal) => {
      const folder = await (await containerFiles()).findFile(engine, host, path, signal);
      const { listFolder } = await import('#engine/files/list-folder.ts');
      return listFolder(engine, host, folder.path, signal);
    });
    return entries.map(({ name, kind, leadsTo }) => [
      name,
      kind === 'link' ? types.link | (leadsTo === undefined ? 0 : types[leadsTo]) : types[kind],
    ]);
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#at(uri, async (engine, host, path, signal) =>
      (await containerFiles()).readFile(engine, host, path, mostOpened, signal),
    );
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    { create, overwrite }: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    const exists = !(create && overwrite) && (await this.#exists(uri));
    if (exists && create && !overwrite) throw vscode.FileSystemError.FileExists(uri);
    if (!exists && !create) throw vscode.FileSystemError.FileNotFound(uri);
    await this.#at(uri, async (engine, host, path, signal) =>
      (await containerFiles()).writeFile(engine, host, path, content, signal),
    );
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    if (await this.#exists(uri)) throw vscode.FileSystemError.FileExists(uri);
    await this.#at(uri, async (engine, host, path, signal) =>
      (await containerFiles()).makeFolder(engine, host, path, signal),
    );
    this.#changed.fire([{ type: vscode.FileChangeType.Created, uri }]);
  }

  async delete(uri: vscode.Uri): Promise<void> {
    await this.#at(uri, async (engine, host, path, signal) =>
      (await containerFiles()).removeFile(engine, host, path, signal),
    );
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  async rename(
    from: vscode.Uri,
    to: vscode.Uri,
    { overwrite }: { readonly overwrite: boolean },
  ): Promise<void> {
    if (from.scheme !== to.scheme || from.authority !== to.authority)
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('Files can be moved only within the same container. Download and upload them instead.'),
      );
    if (!overwrite && (await this.#exists(to))) throw vscode.FileSystemError.FileExists(to);
    await this.#at(from, async (engine, host, path, signal) =>
      (await containerFiles()).renameFile(engine, host, path, movedPath(from, to, path), signal),
    );
    this.#changed.fire([
      { type: vscode.FileChangeType.Deleted, uri: from },
      { type: vscode.FileChangeType.Created, uri: to },
    ]);
  }

  /** An open file is looked at from time to time while the window is used: nobody tells of what changes in a container. */
  watch(uri: vscode.Uri, { recursive }: { readonly recursive: boolean }): vscode.Disposable {
    if (recursive || uri.scheme !== FileSchemes.container) return { dispose: () => {} };
    let known: string | undefined;
    const look = async () => {
      if (!vscode.window.state.focused || this.#session.current === undefined) return;
      const seen = await this.stat(uri).then(
        ({ mtime, size }) => `${mtime} ${size}`,
        (error: unknown) => (isMissing(error) ? 'missing' : known),
      );
      if (known !== undefined && seen !== known)
        this.#changed.fire([
          {
            type: seen === 'missing' ? vscode.FileChangeType.Deleted : vscode.FileChangeType.Changed,
            uri,
          },
        ]);
      known = seen;
    };
    const timer = setInterval(() => void look(), watchPeriod);
    void look();
    return { dispose: () => clearInterval(timer) };
  }

  async #exists(uri: vscode.Uri): Promise<boolean> {
    return this.stat(uri).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
  }

  async #at<T>(
    uri: vscode.Uri,
    work: (...input: [...Parameters<FileWork<T>>, AbortSignal]) => Promise<T>,
  ): Promise<T> {
    const signal = AbortSignal.timeout(patience);
    try {
      return await this.#access.at(uri, (engine, host, path) => work(engine, host, path, signal), signal);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // A missing file can be made, by saving it; a missing container cannot.
      if (error.kind === 'not-found' && error.subject?.startsWith('/') === true)
        throw vscode.FileSystemError.FileNotFound(uri);
      throw vscode.FileSystemError.Unavailable(errorText(error));
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

/** Where the new name is in the container, given where the old one is: a volume is mounted somewhere. */
function movedPath(from: vscode.Uri, to: vscode.Uri, path: string): string {
  const root = path.slice(0, path.length - from.path.replace(/^\/[^/]*/, '').length);
  return root + to.path.replace(/^\/[^/]*/, '');
}

export interface ContainerFilesContext {
  /** The files of containers and volumes, as editors have them. */
  readonly containerFiles: EngineFiles;
}

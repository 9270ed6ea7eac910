import { basename, dirname, join } from '#system/path.ts';
import { unread } from '#compose/load/read-problems.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { isOnDisk } from '../to-lsp/uri.ts';
import type { Log } from '../log.ts';
import type { Workspace } from './workspace.ts';

/** A kind of configuration file. */
export interface ConfigFiles<T> {
  /** In the order in which they are looked for. */
  readonly names: readonly string[];
  /** Code that would have to be run: it is said that it is not. */
  readonly programs: readonly string[];
  /** `tell`: says what is wrong with it. */
  readonly read: (text: string, tell: (mistake: string) => void) => T;
}

/** Finds the configuration that a compose file is under: in its folder, or in one above it up to the workspace's. */
export class NearestConfig<T> {
  readonly #workspace: Workspace;
  readonly #log: Log;
  readonly #files: ConfigFiles<T>;
  readonly #found = new Map<string, Promise<T | undefined>>();
  readonly #told = new Set<string>();

  constructor(workspace: Workspace, log: Log, files: ConfigFiles<T>) {
    this.#workspace = workspace;
    this.#log = log;
    this.#files = files;
    workspace.onChange(({ kind, path }) => {
      if (kind === 'disk' || (path !== undefined && files.names.includes(basename(path))))
        this.#found.clear();
    });
  }

  /** `undefined`: there is none. */
  of(path: string): Promise<T | undefined> {
    if (!isOnDisk(path)) return Promise.resolve(undefined);
    const directory = dirname(path);
    const known = this.#workspace.watching ? this.#found.get(directory) : undefined;
    const found = known ?? this.#find(directory);
    this.#found.set(directory, found);
    return found;
  }

  async #find(from: string): Promise<T | undefined> {
    const { files, folders } = this.#workspace;
    let directory = from;
    for (;;) {
      const present = new Set(await files.list(directory));
      for (const name of this.#files.names) {
        if (!present.has(name)) continue;
        const path = join(directory, name);
        const read = await files.read(path, 'settings');
        if (read.kind === 'text')
          return this.#files.read(read.text, (mistake) => this.#tell(`${path}: ${mistake}`));
        this.#tell(formatPhrase(unread(read, path, { uri: '', start: 0, end: 0 }).message));
      }
      for (const name of this.#files.programs)
        if (present.has(name)) this.#tell(isProgram(join(directory, name)));
      const parent = dirname(directory);
      if (folders.includes(directory) || parent === directory) return undefined;
      directory = parent;
    }
  }

  /** Once. */
  #tell(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#log.warn(text);
  }
}

function isProgram(path: string): string {
  return `${path} is a program and is not run. Write its rules as JSON or YAML into .dclintrc.`;
}

import { basename, dirname, join } from 'node:path';
import { type DclintConfig, readDclintConfig } from '#compose/check/dclint/config.ts';
import { unread } from '#compose/load/read-problems.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { isOnDisk } from '../to-lsp/uri.ts';
import type { Log } from '../log.ts';
import type { Workspace } from './workspace.ts';

/** In the order in which dclint looks for them. */
const names = ['.dclintrc', '.dclintrc.json', '.dclintrc.yaml', '.dclintrc.yml'];
/** Code: it would have to be run. */
const programs = ['.dclintrc.js', '.dclintrc.cjs', '.dclintrc.mjs', 'dclint.config.js', 'dclint.config.cjs'];

/** Finds the `.dclintrc` that a compose file is under: in its folder, or in one above it up to the workspace's. */
export class DclintConfigs {
  readonly #workspace: Workspace;
  readonly #log: Log;
  readonly #found = new Map<string, Promise<DclintConfig | undefined>>();
  readonly #told = new Set<string>();

  constructor(workspace: Workspace, log: Log) {
    this.#workspace = workspace;
    this.#log = log;
    workspace.onChange(({ kind, path }) => {
      if (kind === 'disk' || (path !== undefined && names.includes(basename(path)))) this.#found.clear();
    });
  }

  /** `undefined`: there is none, or it does not want to be asked about this file. */
  async of(path: string): Promise<DclintConfig | undefined> {
    if (!isOnDisk(path)) return undefined;
    const directory = dirname(path);
    const known = this.#workspace.watching ? this.#found.get(directory) : undefined;
    const found = known ?? this.#find(directory);
    this.#found.set(directory, found);
    const config = await found;
    return config?.exclude.some((part) => path.includes(part)) === true ? undefined : config;
  }

  async #find(from: string): Promise<DclintConfig | undefined> {
    const { files, folders } = this.#workspace;
    let directory = from;
    for (;;) {
      const present = new Set(await files.list(directory));
      for (const name of names) {
        if (!present.has(name)) continue;
        const path = join(directory, name);
        const read = await files.read(path, 'settings');
        if (read.kind === 'text') return readDclintConfig(read.text);
        this.#tell(path, formatPhrase(unread(read, path, { uri: '', start: 0, end: 0 }).message));
      }
      for (const name of programs)
        if (present.has(name)) this.#tell(join(directory, name), isProgram(join(directory, name)));
      const parent = dirname(directory);
      if (folders.includes(directory) || parent === directory) return undefined;
      directory = parent;
    }
  }

  #tell(path: string, text: string): void {
    if (this.#told.has(path)) return;
    this.#told.add(path);
    this.#log.warn(text);
  }
}

function isProgram(path: string): string {
  return `${path} is a program and is not run. Write its rules as JSON or YAML into .dclintrc.`;
}

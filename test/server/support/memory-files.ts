import type { FileSystem } from '#compose/load/host.ts';

/** A disk in memory: absolute POSIX paths to texts. Counts what is read. */
export class MemoryFiles implements FileSystem {
  readonly texts: Map<string, string>;
  reads = 0;
  /** How often somebody asked what is there. */
  looks = 0;

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
  }

  async read(path: string) {
    this.reads += 1;
    const text = this.texts.get(path);
    if (text !== undefined) return { kind: 'text', text } as const;
    if ((await this.stat(path)) === 'directory')
      return { kind: 'unreadable', reason: 'is a directory' } as const;
    return { kind: 'missing' } as const;
  }

  async stat(path: string) {
    this.looks += 1;
    if (this.texts.has(path)) return 'file' as const;
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return [...this.texts.keys()].some((name) => name.startsWith(prefix))
      ? ('directory' as const)
      : ('missing' as const);
  }

  async list(path: string) {
    this.looks += 1;
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const names = new Set<string>();
    for (const name of this.texts.keys()) {
      if (name.startsWith(prefix)) names.add(name.slice(prefix.length).split('/')[0] ?? '');
    }
    return [...names];
  }
}

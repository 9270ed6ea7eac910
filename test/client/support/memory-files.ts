import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { extract, type Headers, pack } from 'tar-stream';
import type { ContainerCalls } from '#engine/api/container-calls.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { FileKind } from '#engine/api/engine-objects.ts';
import type { StreamCalls } from '#engine/api/stream-calls.ts';
import { frame } from '../../engine/streams.ts';

interface Entry {
  readonly kind: FileKind;
  readonly content: Buffer;
  /** Of a link. */
  readonly target: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedAt: number;
}

const folder: Entry = {
  kind: 'folder',
  content: Buffer.alloc(0),
  target: '',
  mode: 0o755,
  uid: 0,
  gid: 0,
  modifiedAt: 1000,
};

/** The files of containers of an engine in memory. Their images hold `rm` and `mv`, and nothing to list a folder with. */
export class MemoryFiles {
  /** What `rm` and `mv` say instead of doing anything. */
  refusal = '';
  readonly #roots = new Map<string, Map<string, Entry>>();
  readonly #commands = new Map<string, { readonly container: string; readonly words: readonly string[] }>();
  readonly #exitCodes = new Map<string, number>();
  #time = 1000;

  /** A file with this text, or a folder; with the folders around it. */
  has(container: string, path: string, text?: string, change: Partial<Entry> = {}): void {
    const root = this.#root(container);
    for (let up = posix.dirname(path); !root.has(up); up = posix.dirname(up)) root.set(up, folder);
    const kind = text === undefined ? 'folder' : 'file';
    const content = Buffer.from(text ?? '');
    this.#time += 1000;
    root.set(path, { ...folder, kind, content, mode: 0o644, modifiedAt: this.#time, ...change });
  }

  /** Gone, as if the container had removed it. */
  removes(container: string, path: string): void {
    this.#root(container).delete(path);
  }

  text(container: string, path: string): string | undefined {
    return this.#root(container).get(path)?.content.toString('utf8');
  }

  entry(container: string, path: string): Entry | undefined {
    return this.#root(container).get(path);
  }

  calls(does: (what: string, name: string) => void): Partial<ContainerCalls & StreamCalls> {
    return {
      inspectPath: async (id, path) => {
        const { kind, content, mode, modifiedAt, target } = this.#at(id, path);
        const name = posix.basename(path);
        return { name, kind, size: content.length, mode, modifiedAt, target };
      },
      getArchive: async (id, path) => this.#archive(id, plain(path)),
      putArchive: async (id, { path }, archive) => {
        does('put', `${id} ${path}`);
        await this.#unpack(id, path, archive);
      },
      createExec: async (id, { command }) => {
        const exec = `exec-${this.#commands.size + 1}`;
        this.#commands.set(exec, { container: id, words: command });
        return exec;
      },
      startExec: async (exec) => {
        const said = this.#run(exec, does);
        return {
          output: Readable.from(said === '' ? [] : [frame('stderr', said)]),
          write: () => true,
          drained: async () => {},
          end: () => {},
          close: () => {},
        };
      },
      inspectExec: async (exec) => ({ running: false, exitCode: this.#exitCodes.get(exec) ?? 127 }),
    };
  }

  /** Resolves with what the command says. */
  #run(exec: string, does: (what: string, name: string) => void): string {
    const { container, words } = this.#commands.get(exec) ?? { container: '', words: [] };
    const [program = '', , , from = '', to = ''] = words;
    if (program !== 'rm' && program !== 'mv') return '';
    this.#exitCodes.set(exec, this.refusal === '' ? 0 : 1);
    if (this.refusal !== '') return this.refusal;
    does(program, [from, to].join(' ').trim());
    const root = this.#root(container);
    for (const [path, entry] of [...root])
      if (path === from || path.startsWith(`${from}/`)) {
        root.delete(path);
        if (program === 'mv') root.set(to + path.slice(from.length), entry);
      }
    return '';
  }

  #archive(id: string, path: string): AsyncIterable<Uint8Array> {
    this.#at(id, path);
    const archive = pack();
    const around = posix.dirname(path);
    for (const [each, entry] of [...this.#root(id)].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (each !== path && !each.startsWith(path === '/' ? '/' : `${path}/`)) continue;
      const name = path === '/' ? `.${each}` : posix.relative(around, each);
      archive.entry(headerOf(name, entry), entry.content);
    }
    archive.finalize();
    return archive;
  }

  async #unpack(id: string, path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    const reader = extract();
    Readable.from(bytes instanceof Uint8Array ? [bytes] : bytes).pipe(reader);
    for await (const entry of reader) {
      const { name, type, mode, uid = 0, gid = 0 } = entry.header;
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      const text = type === 'directory' ? undefined : Buffer.concat(chunks).toString('utf8');
      this.has(id, posix.join(path, name).replace(/\/$/, ''), text, { mode: mode ?? 0o644, uid, gid });
    }
  }

  #root(container: string): Map<string, Entry> {
    const known = this.#roots.get(container) ?? new Map<string, Entry>([['/', folder]]);
    this.#roots.set(container, known);
    return known;
  }

  #at(id: string, path: string): Entry {
    const known = this.#root(id).get(plain(path));
    if (known === undefined) throw new EngineError('not-found', `No such file: ${path}`);
    return known;
  }
}

/** Without dots, and without a slash at its end. */
function plain(path: string): string {
  return posix.resolve('/', path);
}

function headerOf(name: string, { kind, target, mode, uid, gid, modifiedAt }: Entry): Headers {
  const types = { file: 'file', folder: 'directory', link: 'symlink', other: 'fifo' } as const;
  const mtime = new Date(modifiedAt);
  return { name, type: types[kind], mode, uid, gid, mtime, ...(kind === 'link' && { linkname: target }) };
}

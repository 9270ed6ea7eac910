import { constants } from 'node:fs';
import { chmod, copyFile, link, lstat, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Headers } from 'tar-stream';
import { writeNewFile } from '#disk/new-file.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type ArchivedEntry, pathParts } from './archive-reader.ts';
import { type FileSystem, isHeldName, sameNameKey } from './held-name.ts';
import type { LeftOut } from './left-out.ts';

/**
 * Writes an archive into an empty folder of ours. Links are made last, after the last file is written: so while files are written there is none
 * that could be followed, whatever the archive names, in whatever order.
 */
export class StagedFiles {
  readonly #root: string;
  readonly #system: FileSystem;
  readonly #signal: AbortSignal;
  /** What they lead to, by their path. */
  readonly #links = new Map<string, string>();
  /** The path that a name was first written with, by what makes names the same. */
  readonly #names = new Map<string, string>();
  readonly #leftOut: LeftOut[] = [];
  #rootName = '';

  /** `root` is where the first entry comes to be; its folder exists, and is nobody else's. */
  constructor(root: string, system: FileSystem, signal: AbortSignal) {
    this.#root = root;
    this.#system = system;
    this.#signal = signal;
  }

  get leftOut(): readonly LeftOut[] {
    return this.#leftOut;
  }

  async add({ header, below, content, rootName }: ArchivedEntry): Promise<void> {
    this.#rootName = rootName;
    const path = below.join('/');
    const through = below.findIndex((_, length) => this.#links.has(below.slice(0, length).join('/')));
    if (through >= 0)
      throw new EngineError(
        'invalid',
        say`The archive writes through the link ${[rootName, ...below.slice(0, through)].join('/')}.`,
      );
    if (!below.every((part) => isHeldName(part, this.#system))) this.#leave(path, 'name');
    else if (!this.#isOnlyOne(below)) this.#leave(path, 'same-name');
    else await this.#write(header, path, content);
  }

  /** Makes the links. Nothing is to be added any more. */
  async finish(): Promise<void> {
    for (const [path, target] of this.#links) {
      this.#signal.throwIfAborted();
      await mkdir(dirname(this.#at(path)), { recursive: true });
      try {
        await symlink(target, this.#at(path));
      } catch (error) {
        if (!hasCode(error, 'EPERM')) throw error;
        this.#leave(path, 'link');
      }
    }
  }

  async #write(header: Headers, path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const at = this.#at(path);
    switch (header.type) {
      case 'directory':
        if ((await found(at))?.isDirectory() !== true) await this.#clear(path);
        await mkdir(at, { recursive: true });
        return;
      case 'symlink':
        await this.#clear(path);
        this.#links.set(path, header.linkname ?? '');
        return;
      case 'link':
        await this.#addHardLink(
          pathParts(header.linkname ?? '')
            .slice(1)
            .join('/'),
          path,
        );
        return;
      case 'file':
      case 'contiguous-file':
        await this.#clear(path);
        await mkdir(dirname(at), { recursive: true });
        await writeNewFile(at, content, this.#signal);
        if (header.mode !== undefined && this.#system !== 'win32') await chmod(at, header.mode & 0o777);
        return;
      default:
        this.#leave(path, 'special');
    }
  }

  /** To what is in the archive already; that may be a link, which has a second name then. */
  async #addHardLink(from: string, path: string): Promise<void> {
    const target = this.#links.get(from);
    if (target !== undefined && from !== path) {
      await this.#clear(path);
      this.#links.set(path, target);
      return;
    }
    const isInside = pathParts(from).every((part) => isHeldName(part, this.#system));
    if (!isInside || from === path || (await found(this.#at(from)))?.isFile() !== true) {
      this.#leave(path, 'linked');
      return;
    }
    await this.#clear(path);
    await mkdir(dirname(this.#at(path)), { recursive: true });
    // Some disks have no hard links.
    await link(this.#at(from), this.#at(path)).catch(() =>
      copyFile(this.#at(from), this.#at(path), constants.COPYFILE_EXCL),
    );
  }

  /** An archive may name a thing twice: the later one counts. */
  async #clear(path: string): Promise<void> {
    this.#links.delete(path);
    for (const link of [...this.#links.keys()])
      if (path === '' || link.startsWith(`${path}/`)) this.#links.delete(link);
    await rm(this.#at(path), { recursive: true, force: true });
  }

  /** Whether no part of the path was written in another spelling that means the same here. */
  #isOnlyOne(below: readonly string[]): boolean {
    return below.every((_, at) => {
      const path = below.slice(0, at + 1).join('/');
      const key = sameNameKey(path, this.#system);
      const first = this.#names.get(key) ?? path;
      this.#names.set(key, first);
      return first === path;
    });
  }

  #at(path: string): string {
    return join(this.#root, ...pathParts(path));
  }

  #leave(path: string, why: LeftOut['why']): void {
    this.#leftOut.push({ path: [this.#rootName, ...pathParts(path)].join('/'), why });
  }
}

export async function found(path: string) {
  return await lstat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  });
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

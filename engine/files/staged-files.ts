import { constants } from 'node:fs';
import { chmod, copyFile, link, lstat, mkdir, open, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Headers } from 'tar-stream';
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
        await writeFile(at, content, this.#signal);
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

/** Stretches of zeros take no place on a disk that can do without: an archive does not tell that a file had holes. */
async function writeFile(
  path: string,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666);
  try {
    let position = 0;
    for await (const chunk of content) {
      signal.throwIfAborted();
      if (!isZero(chunk)) await writeAt(file, chunk, position);
      position += chunk.length;
    }
    await file.truncate(position);
  } finally {
    await file.close();
  }
}

async function writeAt(
  file: Awaited<ReturnType<typeof open>>,
  chunk: Uint8Array,
  position: number,
): Promise<void> {
  for (let written = 0; written < chunk.length; )
    written += (await file.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
}

const zeros = Buffer.alloc(64 * 1024);

function isZero(chunk: Uint8Array): boolean {
  for (let at = 0; at < chunk.length; at += zeros.length) {
    const part = chunk.subarray(at, at + zeros.length);
    if (zeros.compare(part, 0, part.length, 0, part.length) !== 0) return false;
  }
  return true;
}

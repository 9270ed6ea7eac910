import { lstat, opendir, readlink, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import dockerignore from '@balena/dockerignore';

/** What a build may read: a folder of the machine, or files that exist in memory only, by name. */
export type LocalSource =
  | { readonly kind: 'folder'; readonly directory: string }
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, Uint8Array> };

/** Which part of a source is wanted, in `.dockerignore`'s patterns. */
export interface Selection {
  /** None: all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Included too, and what they lead to when they, or folders above them, are symbolic links. */
  readonly follow: readonly string[];
}

export interface SourceEntry {
  /** With `/`, relative to the source. */
  readonly path: string;
  readonly type: 'file' | 'folder' | 'link' | 'fifo';
  /** Permission bits, with those for set-user, set-group and sticky, as Unix has them. */
  readonly mode: number;
  /** In bytes; of files only. */
  readonly size: number;
  /** Unix time, ns. */
  readonly modified: bigint;
  /** Of a symbolic link. */
  readonly target: string;
  /** Where it can be read; in memory: its content. Of files only. */
  readonly content: string | Uint8Array;
}

/**
 * The wanted entries, each folder before what is in it, names in the order of their bytes: BuildKit takes no other order. Sockets are left out. Rejects
 * with the file system's errors.
 */
export async function* walkSource(
  source: LocalSource,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<SourceEntry> {
  if (source.kind === 'files') {
    const wanted = filterOf(selection);
    for (const [path, content] of [...source.files].sort(([a], [b]) => byBytes(a, b)))
      if (wanted(path)) yield memoryEntry(path, content);
    return;
  }
  const root = await realpath(source.directory);
  const followed = await followLinks(root, selection.follow);
  const include = [...selection.include, ...followed];
  yield* walkFolder(
    root,
    '',
    filterOf({ ...selection, include }),
    mayHold(include, selection.exclude),
    [],
    signal,
  );
}

/** `above`: folders that come first if anything in them is wanted. */
async function* walkFolder(
  root: string,
  folder: string,
  wanted: (path: string) => boolean,
  holds: (folder: string) => boolean,
  above: SourceEntry[],
  signal: AbortSignal,
): AsyncGenerator<SourceEntry> {
  const names: string[] = [];
  for await (const entry of await opendir(join(root, folder))) names.push(entry.name);
  for (const name of names.sort(byBytes)) {
    signal.throwIfAborted();
    const path = folder === '' ? name : `${folder}/${name}`;
    const isWanted = wanted(path);
    if (!isWanted && !holds(path)) continue;
    const entry = await diskEntry(root, path);
    if (entry === undefined) continue;
    if (isWanted) {
      yield* above.splice(0);
      yield entry;
    }
    if (entry.type === 'folder') {
      if (!isWanted) above.push(entry);
      yield* walkFolder(root, path, wanted, holds, above, signal);
      if (above.at(-1) === entry) above.pop();
    }
  }
}

function filterOf({ include, exclude }: Pick<Selection, 'include' | 'exclude'>): (path: string) => boolean {
  const included = include.length === 0 ? () => true : matcher(include);
  const excluded = exclude.length === 0 ? () => false : matcher(exclude);
  return (path) => included(path) && !excluded(path);
}

/** Whether something below a folder that is not wanted itself may be. */
function mayHold(include: readonly string[], exclude: readonly string[]): (folder: string) => boolean {
  const returns = exclude.some((pattern) => pattern.startsWith('!'));
  const excluded = matcher(exclude);
  const included = matcher(include);
  const literal = include.every((pattern) => !/[*?[\\!]/.test(pattern));
  return (folder) => {
    if (excluded(folder) && !returns) return false;
    if (include.length === 0 || included(folder)) return true;
    return !literal || include.some((pattern) => pattern.startsWith(`${folder}/`));
  };
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const rules = dockerignore({ ignorecase: false }).add([...patterns]);
  return (path) => rules.ignores(path);
}

/** The patterns, with where their links lead, as paths below the root. Nothing outside it. */
async function followLinks(root: string, patterns: readonly string[]): Promise<readonly string[]> {
  const all = new Set<string>();
  for (const pattern of patterns) {
    const path = pattern.replace(/^[/.]*\//, '').replace(/\/+$/, '');
    if (path === '' || path === '.') return ['**'];
    all.add(path);
    if (/[*?[\\]/.test(path)) continue;
    for (const each of await linksOn(root, path)) all.add(each);
  }
  return [...all];
}

async function linksOn(root: string, path: string, depth = 0): Promise<readonly string[]> {
  if (depth > 40) return [];
  const parts = path.split('/');
  for (let count = 1; count <= parts.length; count += 1) {
    const head = parts.slice(0, count).join('/');
    const status = await lstat(join(root, head)).catch(() => undefined);
    if (status === undefined) return [];
    if (!status.isSymbolicLink()) continue;
    const target = join(root, dirname(head), await readlink(join(root, head)));
    const inside = relative(root, target).split(sep).join('/');
    if (inside.startsWith('../') || inside === '..') return [head];
    const next = [inside, ...parts.slice(count)].filter((part) => part !== '').join('/');
    return [head, next, ...(await linksOn(root, next, depth + 1))];
  }
  return [];
}

async function diskEntry(root: string, path: string): Promise<SourceEntry | undefined> {
  const place = join(root, path);
  const status = await lstat(place, { bigint: true });
  const type = status.isFile()
    ? 'file'
    : status.isDirectory()
      ? 'folder'
      : status.isSymbolicLink()
        ? 'link'
        : status.isFIFO()
          ? 'fifo'
          : undefined;
  if (type === undefined) return undefined;
  return {
    path,
    type,
    mode: process.platform === 'win32' ? 0o755 : Number(status.mode & 0o7777n),
    size: type === 'file' ? Number(status.size) : 0,
    modified: status.mtimeNs,
    target: type === 'link' ? (await readlink(place)).split(sep).join('/') : '',
    content: place,
  };
}

function memoryEntry(path: string, content: Uint8Array): SourceEntry {
  return { path, type: 'file', mode: 0o644, size: content.length, modified: 0n, target: '', content };
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

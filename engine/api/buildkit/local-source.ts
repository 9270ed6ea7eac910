import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
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

/** Entries that are looked at together. */
const atOnce = 256;

/**
 * The wanted entries, some at a time, each folder before what is in it, names in the order of their bytes: BuildKit takes no other order. Sockets are left
 * out. Rejects with the file system's errors.
 */
export async function* walkSource(
  source: LocalSource,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<readonly SourceEntry[]> {
  if (source.kind === 'files') {
    const wanted = filterOf(selection);
    const names = [...source.files.keys()].filter(wanted).sort(byBytes);
    yield names.map((name) => memoryEntry(name, source.files.get(name) ?? new Uint8Array()));
    return;
  }
  const root = await realpath(source.directory);
  const followed = await followLinks(root, selection.follow);
  const include = [...selection.include, ...followed];
  yield* walkFolder(root, filterOf({ ...selection, include }), mayHold(include, selection.exclude), signal);
}

/** A folder on the way. */
interface Level {
  /** Itself, until it is told: a folder that is not wanted comes first if anything in it is. */
  folder: SourceEntry | undefined;
  /** What is still to be looked at. */
  readonly paths: string[];
  /** What was looked at and is still to be told, the next one last. */
  readonly entries: SourceEntry[];
}

async function* walkFolder(
  root: string,
  wanted: (path: string) => boolean,
  holds: (folder: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<readonly SourceEntry[]> {
  const openFolder = async (path: string, folder: SourceEntry | undefined): Promise<Level> => {
    const names = (await readdir(join(root, path))).sort(byBytes);
    const paths = names.map((name) => (path === '' ? name : `${path}/${name}`));
    return { folder, paths: paths.filter((each) => wanted(each) || holds(each)), entries: [] };
  };
  const levels = [await openFolder('', undefined)];
  const told: SourceEntry[] = [];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const entry = level.entries.pop();
    if (entry === undefined) {
      signal.throwIfAborted();
      if (told.length >= atOnce) yield told.splice(0);
      if (level.paths.length === 0) levels.pop();
      else level.entries.push(...(await diskEntries(root, level.paths.splice(0, atOnce))).reverse());
      continue;
    }
    const isWanted = wanted(entry.path);
    if (isWanted) {
      for (const above of levels) {
        if (above.folder !== undefined) told.push(above.folder);
        above.folder = undefined;
      }
      told.push(entry);
    }
    if (entry.type === 'folder') levels.push(await openFolder(entry.path, isWanted ? undefined : entry));
  }
  if (told.length > 0) yield told;
}

async function diskEntries(root: string, paths: readonly string[]): Promise<SourceEntry[]> {
  const entries = await Promise.all(paths.map((path) => diskEntry(root, path)));
  return entries.filter((entry) => entry !== undefined);
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

/** In the order of their UTF-8 bytes, which is that of UTF-16 where there are no surrogates. */
function byBytes(a: string, b: string): number {
  if (/[\ud800-\uffff]/.test(a) && /[\ud800-\uffff]/.test(b))
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : Number(a > b);
}

import { posix } from 'node:path';
import { EngineError } from '../api/engine-error.ts';
import { execOutput } from '../exec/exec.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { FileKind } from '../api/engine-objects.ts';
import type { FileHost } from './file-host.ts';
import { kindOfHeader, readArchive } from './archive-reader.ts';

export interface FolderEntry {
  readonly name: string;
  readonly kind: FileKind;
  /** What a link leads to, as far as that is known. */
  readonly leadsTo?: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Unix time, ms. */
  readonly modifiedAt: number;
  readonly uid: number;
  readonly gid: number;
}

export interface Listing {
  /** Folders and links to folders first, then by name. */
  readonly entries: readonly FolderEntry[];
  /** Not all is in it: the folder holds more than is read where no command can list it. */
  readonly isCut: boolean;
}

/** How much of an archive is read for the names in it: of a folder with more below it, the first ones are listed. */
export interface ListingBounds {
  /** Bytes of content that is passed over. */
  readonly bytes: number;
  readonly entries: number;
}

const usualBounds: ListingBounds = { bytes: 2 ** 30, entries: 100_000 };

/**
 * What is in a folder of a container; `path` is absolute, and no link. A running container is asked with the commands its image holds; one that is
 * not running, or whose image holds none, is read from the archive of the folder, which is complete up to the bounds. Rejects with `EngineError`.
 */
export async function listFolder(
  engine: EnginePort,
  container: FileHost,
  path: string,
  signal: AbortSignal,
  bounds: ListingBounds = usualBounds,
): Promise<Listing> {
  const listed = container.isRunning ? await listByCommand(engine, container.id, path, signal) : undefined;
  if (listed !== undefined) return { entries: sorted(listed), isCut: false };
  const { entries, isCut } = await listFromArchive(engine, container.id, path, bounds, signal);
  return { entries: sorted(entries), isCut };
}

/**
 * One line an entry, then a line of its own, then what links lead to. BusyBox and the GNU programs understand it alike. Nothing follows the mark
 * unless the folder was read.
 */
const mark = '--';
const script = `cd -- "$1" || exit 3
command -v find >/dev/null && command -v stat >/dev/null || exit 127
find . -maxdepth 1 -mindepth 1 -exec stat -c '%f %s %Y %u %g %n' {} + 2>/dev/null
echo ${mark}
find . -maxdepth 1 -mindepth 1 -type l -exec stat -L -c '%f %n' {} + 2>/dev/null
exit 0`;

/** `undefined` when the container has not what it takes. */
async function listByCommand(
  engine: EnginePort,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<readonly FolderEntry[] | undefined> {
  if (engine.info.os === 'windows') return undefined;
  const command = ['sh', '-c', script, 'sh', path];
  const answer = await execOutput(engine, id, { command, user: '0' }, signal).catch((error: unknown) => {
    // Without a shell, paused, or stopped meanwhile: the archive tells.
    if (error instanceof EngineError && error.kind !== 'cancelled' && error.kind !== 'unreachable')
      return undefined;
    throw error;
  });
  const lines = answer?.stdout.split('\n') ?? [];
  const end = lines.indexOf(mark);
  if (answer?.exitCode !== 0 || end < 0) return undefined;
  const targets = new Map<string, FileKind>();
  for (const line of lines.slice(end + 1)) {
    const [, mode = '', name = ''] = /^([0-9a-f]+) \.\/(.+)$/.exec(line) ?? [];
    if (name !== '') targets.set(name, kindOfMode(Number.parseInt(mode, 16)));
  }
  return lines.slice(0, end).flatMap((line) => toEntry(line, targets) ?? []);
}

function toEntry(line: string, targets: ReadonlyMap<string, FileKind>): FolderEntry | undefined {
  const [, raw = '', size, time, uid, gid, name = ''] =
    /^([0-9a-f]+) (\d+) (-?\d+) (\d+) (\d+) \.\/(.+)$/.exec(line) ?? [];
  if (name === '') return undefined;
  const mode = Number.parseInt(raw, 16);
  const target = targets.get(name);
  return {
    name,
    kind: kindOfMode(mode),
    ...(target !== undefined && { leadsTo: target }),
    size: Number(size),
    mode: mode & 0o7777,
    modifiedAt: Number(time) * 1000,
    uid: Number(uid),
    gid: Number(gid),
  };
}

/** By the format bits of `st_mode`. */
function kindOfMode(mode: number): FileKind {
  const kinds: Readonly<Record<number, FileKind>> = { 4: 'folder', 8: 'file', 10: 'link' };
  return kinds[(mode >> 12) & 0xf] ?? 'other';
}

async function listFromArchive(
  engine: EnginePort,
  id: string,
  path: string,
  bounds: ListingBounds,
  signal: AbortSignal,
): Promise<Listing> {
  const entries = new Map<string, FolderEntry>();
  const links = new Map<string, string>();
  let [bytes, count, isCut] = [0, 0, false];
  for await (const { header, below } of readArchive(engine, id, path, signal)) {
    bytes += header.size ?? 0;
    isCut = bytes > bounds.bytes || ++count > bounds.entries;
    if (isCut) break;
    const [name] = below;
    if (name === undefined || below.length > 1) continue;
    const kind = kindOfHeader(header);
    if (kind === 'link') links.set(name, posix.resolve(path, header.linkname ?? ''));
    entries.set(name, {
      name,
      kind,
      size: header.size ?? 0,
      mode: (header.mode ?? 0) & 0o7777,
      modifiedAt: header.mtime?.getTime() ?? 0,
      uid: header.uid ?? 0,
      gid: header.gid ?? 0,
    });
  }
  const outside = [...links].filter(([, target]) => posix.dirname(target) !== path).slice(0, mostLooks);
  const known = new Map<string, FileKind | undefined>();
  for (let at = 0; at < outside.length; at += looksAtOnce)
    await Promise.all(
      outside
        .slice(at, at + looksAtOnce)
        .map(async ([name]) => known.set(name, await kindBehind(engine, id, posix.join(path, name), signal))),
    );
  return {
    entries: [...entries.values()].map((entry) => {
      const target = links.get(entry.name) ?? '';
      const beside = posix.dirname(target) === path ? entries.get(posix.basename(target))?.kind : undefined;
      const leadsTo = known.get(entry.name) ?? beside;
      return entry.kind !== 'link' || leadsTo === undefined || leadsTo === 'link'
        ? entry
        : { ...entry, leadsTo };
    }),
    isCut,
  };
}

/** So many links that lead out of the folder are looked at one by one. */
const mostLooks = 256;
const looksAtOnce = 8;

async function kindBehind(
  engine: EnginePort,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<FileKind | undefined> {
  try {
    const { target } = await engine.inspectPath(id, path, signal);
    return (await engine.inspectPath(id, target, signal)).kind;
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

function sorted(entries: readonly FolderEntry[]): readonly FolderEntry[] {
  const rank = ({ kind, leadsTo }: FolderEntry) => ((leadsTo ?? kind) === 'folder' ? 0 : 1);
  return [...entries].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

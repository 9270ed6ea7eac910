import { EngineError } from './engine-error.ts';
import { say } from './message.ts';
import type { FileKind, PathStat } from './engine-objects.ts';

/** Bits of Go's `fs.FileMode`, in which the Engine tells modes. */
const goMode = { folder: 2 ** 31, link: 2 ** 27, setuid: 2 ** 23, setgid: 2 ** 22, sticky: 2 ** 20 } as const;
/** Devices, pipes, sockets and what has no name. */
const goSpecial = 2 ** 26 + 2 ** 25 + 2 ** 24 + 2 ** 21 + 2 ** 19;

/** From the header `X-Docker-Container-Path-Stat`: JSON in Base64. Rejects what is not that with `EngineError`. */
export function toPathStat(header: string | readonly string[] | undefined): PathStat {
  const text = typeof header === 'string' ? header : header?.[0];
  const raw = parse(text ?? '');
  if (raw === undefined)
    throw new EngineError('unsupported', say`This engine cannot look up paths in a container.`);
  const mode = typeof raw.mode === 'number' ? raw.mode : 0;
  const time = typeof raw.mtime === 'string' ? Date.parse(raw.mtime) : 0;
  return {
    name: typeof raw.name === 'string' ? raw.name : '',
    kind: kindOfGo(mode),
    size: typeof raw.size === 'number' ? raw.size : 0,
    mode: permissionsOfGo(mode),
    modifiedAt: Number.isFinite(time) ? time : 0,
    target: typeof raw.linkTarget === 'string' ? raw.linkTarget : '',
  };
}

function kindOfGo(mode: number): FileKind {
  if (has(mode, goMode.folder)) return 'folder';
  if (has(mode, goMode.link)) return 'link';
  return (mode & goSpecial) === 0 ? 'file' : 'other';
}

function permissionsOfGo(mode: number): number {
  return (
    (mode & 0o777) +
    (has(mode, goMode.setuid) ? 0o4000 : 0) +
    (has(mode, goMode.setgid) ? 0o2000 : 0) +
    (has(mode, goMode.sticky) ? 0o1000 : 0)
  );
}

/** The highest bit is more than the operators on 32 bits take. */
function has(mode: number, bit: number): boolean {
  return Math.floor(mode / bit) % 2 === 1;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

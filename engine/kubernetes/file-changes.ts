import { createHash } from 'node:crypto';
import type { Files } from '#compose/convert/kubernetes/kustomize.ts';

/** A file of the output folder, before a conversion is written and after. */
export interface FileChange {
  /** Below the output folder, with `/`. */
  readonly path: string;
  /** What is there; `undefined`: nothing. */
  readonly before: string | undefined;
  /** What the conversion makes; `undefined`: nothing any more. */
  readonly after: string | undefined;
  /** What is there is not what the last conversion wrote: somebody else's work would be lost. */
  readonly edited: boolean;
}

/** The files that the last conversion wrote, with the hash of each. */
export type Written = ReadonlyMap<string, string>;

/**
 * Where the last conversion is kept, in the output folder: lines as `sha256sum -c` reads them. Its name has no ending that `kubectl apply -f` would
 * take for a manifest.
 */
export const markerFile = '.composure.sha256';

/** Every file that the conversion makes or the last one made, by path; `disk` holds what is there of them. */
export function changesOf(files: Files, last: Written, disk: Files): readonly FileChange[] {
  const paths = new Set([...files.keys(), ...[...last.keys()].filter((path) => disk.has(path))]);
  return [...paths].sort().map((path) => {
    const before = disk.get(path);
    const after = files.get(path);
    const edited = before !== undefined && !isSame(before, after) && last.get(path) !== hashOf(before);
    return { path, before, after, edited };
  });
}

/** Those that are not as the conversion makes them. */
export function differences(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.filter(({ before, after }) => !isSame(before, after));
}

/** What to remember when the changes are made, but for those in `kept`: for them what was remembered. */
export function writtenAfter(
  changes: readonly FileChange[],
  kept: ReadonlySet<string>,
  last: Written,
): Written {
  return new Map(
    changes.flatMap(({ path, after }): (readonly [string, string])[] => {
      const hash = kept.has(path) ? last.get(path) : after === undefined ? undefined : hashOf(after);
      return hash === undefined ? [] : [[path, hash]];
    }),
  );
}

export function markerText(written: Written): string {
  return [...written].map(([path, hash]) => `${hash}  ${path}\n`).join('');
}

/** Lines that are none, and paths that lead out of the folder, count for nothing. */
export function parseMarker(text: string): Written {
  return new Map(
    text.split(/\r?\n/).flatMap((line): (readonly [string, string])[] => {
      const [, hash, path] = /^([0-9a-f]{64}) [ *](\S.*)$/.exec(line) ?? [];
      return hash === undefined || path === undefined || !isBelow(path) ? [] : [[path, hash]];
    }),
  );
}

function isBelow(path: string): boolean {
  return !/[\\:]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Line ends are nobody's work: Git writes them as the machine has them. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && unix(one) === unix(other));
}

function hashOf(text: string): string {
  return createHash('sha256').update(unix(text)).digest('hex');
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

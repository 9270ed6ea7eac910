import { cleanPosix, systemPath } from '#compose/load/system-path.ts';

// Paths where there is no disk: those that `file-uri.ts` makes of URIs, always with `/`.

const paths = systemPath('posix');

export const { basename } = paths;

export function dirname(path: string): string {
  return paths.dirname(path.replace(/(?<=.)\/+$/, ''));
}

export function join(...parts: readonly string[]): string {
  return paths.join(...parts) || '.';
}

/** From the right to the left until the path is absolute; there is no directory one stands in but the root. */
export function resolve(...parts: readonly string[]): string {
  const from = parts.findLastIndex((part) => part.startsWith('/'));
  return cleanPosix(
    ['', ...(from === -1 ? parts : parts.slice(from))].filter((part, i) => i === 0 || part !== '').join('/'),
  );
}

export function relative(from: string, to: string): string {
  const way = paths.relative(resolve(from), resolve(to)) ?? '';
  return way === '.' ? '' : way;
}

/** File paths in the form of the host's system, as Go's `path/filepath` treats them. */
export interface SystemPath {
  readonly separator: '/' | '\\';
  isAbsolute(path: string): boolean;
  /** The parts joined and cleaned; empty parts do not count. */
  join(...parts: string[]): string;
  clean(path: string): string;
  dirname(path: string): string;
  basename(path: string): string;
  /** The path from one directory to another place; `undefined` if there is none. */
  relative(from: string, to: string): string | undefined;
  /** Whether `path` is `directory` or inside it. Both are absolute. */
  isInside(path: string, directory: string): boolean;
}

export function systemPath(platform: 'posix' | 'windows'): SystemPath {
  return platform === 'posix' ? posixPath : windowsPath;
}

/** Slash-separated: `.` and `..` and doubled separators worked out, `.` if nothing is left. */
export function cleanPosix(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!rooted) parts.push('..');
  }
  const joined = parts.join('/');
  if (rooted) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

/** Whether Windows would call this absolute: `C:\x`, `C:/x`, `\\server\share`. */
export function isWindowsAbsolute(path: string): boolean {
  const length = volumeLength(path);
  if (length === 0) return false;
  if (isSeparator(path[0]) && isSeparator(path[1])) return true;
  return isSeparator(path[length]);
}

/** The length of the leading `C:` or `\\server\share`; 0 without one. */
export function volumeLength(path: string): number {
  if (path[1] === ':' && path.length >= 2) return 2;
  if (!isSeparator(path[0])) return 0;
  const plain = path.replaceAll('/', '\\').toUpperCase();
  if (hasPrefix(plain, '\\\\.\\UNC')) return shareLength(path, '\\\\.\\UNC\\'.length);
  if (hasPrefix(plain, '\\\\.') || hasPrefix(plain, '\\\\?') || hasPrefix(plain, '\\??')) {
    if (path.length === 3) return 3;
    const rest = path.slice(4).search(/[\\/]/);
    return rest === -1 ? path.length : 4 + rest;
  }
  if (isSeparator(path[1])) return shareLength(path, 2);
  return 0;
}

function hasPrefix(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '\\');
}

function shareLength(path: string, from: number): number {
  let separators = 0;
  for (let i = from; i < path.length; i++) {
    if (isSeparator(path[i]) && ++separators === 2) return i;
  }
  return path.length;
}

function isSeparator(char: string | undefined): boolean {
  return char === '\\' || char === '/';
}

const posixPath: SystemPath = {
  separator: '/',
  isAbsolute: (path) => path.startsWith('/'),
  clean: cleanPosix,
  join: (...parts) => joinWith('/', parts, cleanPosix),
  dirname: (path) => cleanPosix(path.slice(0, path.lastIndexOf('/') + 1)),
  basename: (path) => baseOf(path, /\/+$/, /\//, '/'),
  relative: (from, to) => relativeBetween(cleanPosix(from), cleanPosix(to), '/'),
  isInside: (path, directory) => inside(cleanPosix(path), cleanPosix(directory), '/'),
};

const windowsPath: SystemPath = {
  separator: '\\',
  isAbsolute: isWindowsAbsolute,
  clean: cleanWindows,
  join: (...parts) => joinWith('\\', parts, cleanWindows),
  dirname(path) {
    const volume = path.slice(0, volumeLength(path));
    const rest = path.slice(volume.length);
    const last = Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\'));
    return cleanWindows(volume + rest.slice(0, last + 1));
  },
  basename: (path) => baseOf(path.slice(volumeLength(path)), /[\\/]+$/, /[\\/]/, '\\'),
  relative: (from, to) => relativeBetween(cleanWindows(from), cleanWindows(to), '\\'),
  isInside: (path, directory) =>
    inside(cleanWindows(path).toLowerCase(), cleanWindows(directory).toLowerCase(), '\\'),
};

function cleanWindows(path: string): string {
  const volume = path.slice(0, volumeLength(path)).replaceAll('/', '\\');
  const rest = cleanPosix(path.slice(volume.length).replaceAll('\\', '/')).replaceAll('/', '\\');
  return rest === '.' && volume.length > 2 ? volume : volume + rest;
}

function joinWith(separator: string, parts: readonly string[], clean: (path: string) => string): string {
  const filled = parts.filter((part) => part !== '');
  return filled.length === 0 ? '' : clean(filled.join(separator));
}

function baseOf(path: string, trailing: RegExp, separator: RegExp, root: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(trailing, '');
  return trimmed === '' ? root : (trimmed.split(separator).at(-1) ?? trimmed);
}

function relativeBetween(from: string, to: string, separator: string): string | undefined {
  if (from === to) return '.';
  const base = from === '.' ? '' : from;
  if (base.startsWith(separator) !== to.startsWith(separator)) return undefined;
  if (volumeLength(base) > 0 && base.slice(0, 2).toLowerCase() !== to.slice(0, 2).toLowerCase())
    return undefined;
  const fromParts = base.split(separator).filter((part) => part !== '');
  const toParts = to.split(separator).filter((part) => part !== '');
  let common = 0;
  while (common < fromParts.length && fromParts[common] === toParts[common]) common++;
  if (fromParts[common] === '..') return undefined;
  const up = fromParts.slice(common).map(() => '..');
  return [...up, ...toParts.slice(common)].join(separator) || '.';
}

function inside(path: string, directory: string, separator: string): boolean {
  const prefix = directory.endsWith(separator) ? directory : directory + separator;
  return path === directory || path.startsWith(prefix);
}

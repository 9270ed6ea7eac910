import { filePathOf, uriOfFile } from '#system/file-uri.ts';

/**
 * The path that stands for a document in the domain. A document that is not a file gets one that cannot be on the disk,
 * so that names beside it resolve to nothing.
 */
export function pathOf(uri: string): string {
  const path = filePathOf(uri);
  if (path !== undefined) return path;
  const separator = uri.indexOf(':');
  const scheme = separator === -1 ? 'unknown' : uri.slice(0, separator);
  return `/${notOnDisk}/${scheme}/${decode(uri.slice(separator + 1)).replace(/^\/+/, '')}`;
}

export function fileUri(path: string): string {
  return uriOfFile(path);
}

export function isOnDisk(path: string): boolean {
  return !path.startsWith(`/${notOnDisk}/`);
}

const notOnDisk = '\u0000document';

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

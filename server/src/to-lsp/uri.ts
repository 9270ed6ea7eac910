import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The path that stands for a document in the domain. A document that is not a file gets one that cannot be on the disk,
 * so that names beside it resolve to nothing.
 */
export function pathOf(uri: string): string {
  if (uri.startsWith('file:')) {
    try {
      return fileURLToPath(uri);
    } catch {
      // Another host's file, or a malformed URI: only its spelling is left to go by.
    }
  }
  const separator = uri.indexOf(':');
  const scheme = separator === -1 ? 'unknown' : uri.slice(0, separator);
  return `/${notOnDisk}/${scheme}/${decode(uri.slice(separator + 1)).replace(/^\/+/, '')}`;
}

export function fileUri(path: string): string {
  return pathToFileURL(path).href;
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

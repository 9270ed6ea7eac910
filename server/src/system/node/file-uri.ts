import { fileURLToPath, pathToFileURL } from 'node:url';

/** The path of a URI that names a file on the disk; `undefined` if it names none. */
export function filePathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    // Another host's file, or a malformed URI: only its spelling is left to go by.
    return undefined;
  }
}

export function uriOfFile(path: string): string {
  return pathToFileURL(path).href;
}

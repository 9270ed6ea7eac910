import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { FileSystem, Host } from '#compose/load/host.ts';

/** What stands for standard input among files. */
const standardInputName = '-';

/**
 * The machine this process runs on: its disk, with these variables. What cannot be read is a result, never an error. `standardInput` is what the file
 * `-` holds; without it there is no such file.
 */
export function nodeHost(
  environment: Readonly<Record<string, string | undefined>>,
  home: string = homedir(),
  standardInput?: () => AsyncIterable<Uint8Array>,
): Host {
  return {
    files: standardInput === undefined ? diskFiles : { ...diskFiles, read: withInput(standardInput) },
    environment: Object.fromEntries(
      Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    home,
    platform: process.platform === 'win32' ? 'windows' : 'posix',
    uriOf: (path) => (path === standardInputName ? 'stdin:' : pathToFileURL(path).href),
  };
}

function withInput(standardInput: () => AsyncIterable<Uint8Array>): FileSystem['read'] {
  return async (path) => {
    if (path !== standardInputName) return diskFiles.read(path);
    const chunks: Uint8Array[] = [];
    for await (const chunk of standardInput()) chunks.push(chunk);
    return { kind: 'text', text: Buffer.concat(chunks).toString('utf8') };
  };
}

const diskFiles: FileSystem = {
  async read(path) {
    try {
      return { kind: 'text', text: await readFile(path, 'utf8') };
    } catch (error) {
      if (isMissing(error)) return { kind: 'missing' };
      return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
    }
  },
  async stat(path) {
    try {
      return (await stat(path)).isDirectory() ? 'directory' : 'file';
    } catch {
      return 'missing';
    }
  },
  async list(path) {
    try {
      return await readdir(path);
    } catch {
      return [];
    }
  },
  realPath: (path) => realpath(path).catch(() => path),
};

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

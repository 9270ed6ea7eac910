import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { FileSystem, Host } from '#compose/host.ts';

/** The machine this process runs on: its disk, with these variables. */
export function nodeHost(
  environment: Readonly<Record<string, string | undefined>>,
  home: string = homedir(),
): Host {
  return {
    files: diskFiles,
    environment: Object.fromEntries(
      Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    home,
    platform: process.platform === 'win32' ? 'windows' : 'posix',
    uriOf: (path) => pathToFileURL(path).href,
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
};

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

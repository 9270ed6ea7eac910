import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { createConnection } from 'vscode-languageserver/node';
import type { FileSystem } from '#compose/load/host.ts';
import { diskStore } from './registry/disk-store.ts';
import { createServer } from './server.ts';

/** The server as a process: `--stdio`, or `--node-ipc` under VS Code. */

// What requests leave behind is collected in small steps, instead of letting it grow to tens of megabytes first.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=20');

const files: FileSystem = {
  async read(path) {
    try {
      return { kind: 'text', text: await readFile(path, 'utf8') };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
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

function environment(): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) variables[name] = value;
  return variables;
}

const connection = createConnection();
createServer(connection, {
  files,
  environment: environment(),
  home: homedir(),
  platform: process.platform === 'win32' ? 'windows' : 'posix',
  diagnosticsPage: new URL('../docs/diagnostics.md', import.meta.url).href,
  fetch: (url, options) => fetch(url, options),
  now: () => Date.now(),
  storeIn: diskStore,
});
connection.listen();

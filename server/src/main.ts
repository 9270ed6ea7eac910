import { homedir } from 'node:os';
import { createConnection } from 'vscode-languageserver/node';
import { diskFiles } from '#disk/disk-files.ts';
import { systemPlatform } from '#disk/system-platform.ts';
import { diskStore } from './registry/disk-store.ts';
import { createServer } from './server.ts';
import { recordOf } from '#compose/values/record.ts';
import { boundedAnswer } from '#compose/registry/bounded-answer.ts';

/** The server as a process: `--stdio`, or `--node-ipc` under VS Code. */

function environment(): Record<string, string> {
  const variables: Record<string, string> = recordOf();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) variables[name] = value;
  return variables;
}

/** Serves until the client ends it. `program`: the address of the file that was started, `dist/server.mjs`. */
export function main(program: string): void {
  const connection = createConnection();
  createServer(connection, {
    files: diskFiles(),
    environment: environment(),
    home: homedir(),
    platform: systemPlatform,
    remoteCache: { isMac: process.platform === 'darwin' },
    diagnosticsPage: new URL('../docs/diagnostics.md', program).href,
    fetch: async (url, options) =>
      boundedAnswer(await fetch(url, options), (chunks) => Buffer.concat(chunks).toString('utf8')),
    now: () => Date.now(),
    storeIn: diskStore,
  });
  connection.listen();
}

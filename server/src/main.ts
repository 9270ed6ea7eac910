import { homedir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { createConnection } from 'vscode-languageserver/node';
import { diskFiles } from '#disk/disk-files.ts';
import { diskStore } from './registry/disk-store.ts';
import { createServer } from './server.ts';
import { recordOf } from '#compose/values/record.ts';

/** The server as a process: `--stdio`, or `--node-ipc` under VS Code. */

// What requests leave behind is collected in small steps, instead of letting it grow to tens of megabytes first.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=20');

function environment(): Record<string, string> {
  const variables: Record<string, string> = recordOf();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) variables[name] = value;
  return variables;
}

const connection = createConnection();
createServer(connection, {
  files: diskFiles(),
  environment: environment(),
  home: homedir(),
  platform: process.platform === 'win32' ? 'windows' : 'posix',
  diagnosticsPage: new URL('../docs/diagnostics.md', import.meta.url).href,
  fetch: (url, options) => fetch(url, options),
  now: () => Date.now(),
  storeIn: diskStore,
});
connection.listen();

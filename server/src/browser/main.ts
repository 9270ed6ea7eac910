import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createServer } from '../server.ts';
import { clientFiles } from './client-files.ts';

/** The server in a worker of the browser: no Node, no disk, no network; the client reads the files. */

const scope = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
createServer(connection, {
  files: clientFiles(connection),
  environment: {},
  home: '/',
  platform: 'posix',
  diagnosticsPage: '',
  now: () => Date.now(),
});
connection.listen();

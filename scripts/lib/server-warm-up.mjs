// node server-warm-up.mjs DIST: has the built language server open a file and answer what an editor asks first. At its end it writes down what V8 has
// compiled by then.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} = require('vscode-languageserver/node');

const [dist = ''] = process.argv.slice(2);
const server = spawn(
  process.execPath,
  [join(dist, 'server.mjs'), '--stdio', `--code-cache=${join(dist, 'server')}`],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
// A server that does not answer must not keep the build waiting.
setTimeout(() => {
  server.kill();
  process.exit(1);
}, 30_000).unref();

const ended = once(server, 'exit');
const connection = createProtocolConnection(
  new StreamMessageReader(server.stdout),
  new StreamMessageWriter(server.stdin),
);
connection.listen();

const textDocument = { uri: 'file:///warm/compose.yaml' };
const text =
  'services:\n  web:\n    image: nginx:${TAG:-1}\n    ports: ["8080:80"]\n    volumes: [data:/data]\nvolumes: {data: {}}\n';
await connection.sendRequest('initialize', {
  processId: process.pid,
  rootUri: null,
  workspaceFolders: null,
  capabilities: {
    textDocument: { diagnostic: {}, completion: { completionItem: { snippetSupport: true } } },
  },
});
await connection.sendNotification('initialized', {});
await connection.sendNotification('textDocument/didOpen', {
  textDocument: { ...textDocument, languageId: 'dockercompose', version: 1, text },
});
await connection.sendRequest('textDocument/diagnostic', { textDocument });
await connection.sendNotification('textDocument/didChange', {
  textDocument: { ...textDocument, version: 2 },
  contentChanges: [
    { range: { start: { line: 2, character: 4 }, end: { line: 2, character: 4 } }, text: 'i' },
  ],
});
await connection.sendRequest('textDocument/diagnostic', { textDocument });
for (const method of ['completion', 'hover'])
  await connection.sendRequest(`textDocument/${method}`, {
    textDocument,
    position: { line: 2, character: 6 },
  });
await connection.sendRequest('textDocument/documentSymbol', { textDocument });
await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
await ended;
process.exit();

// npm run fuzz [-- --count 100000 --every 500 --seed N]: random edits over LSP at the built language server, a process of its own. Every 500th state is
// compared with what a fresh server says of the same texts; no range may be outside its document, nothing may be logged as an error. Ctrl-C ends it with its
// summary.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { documents } from './project.mjs';
import { fuzz } from './session.mjs';

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = createRequire(import.meta.url)(
  'vscode-languageserver/node',
);
const root = fileURLToPath(new URL('../../', import.meta.url));
/** A server that has not announced anything for this long has said what it has to say. */
const patience = 5_000;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    every: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
const [count, every, seed] = [values.count, values.every, values.seed].map(Number);
if (![count, every, seed].every((each) => Number.isSafeInteger(each) && each >= 0) || every === 0) {
  console.error('Usage: npm run fuzz [-- --count EDITS --every STATES --seed NUMBER], each a whole number.');
  process.exit(2);
}

const place = mkdtempSync(join(tmpdir(), 'composure-fuzz-'));
const folder = `${pathToFileURL(place).href}/`;
for (const [name, text] of Object.entries(documents)) writeFileSync(join(place, name), text);
console.log(`${count} edits, seed ${seed}`);
const begun = performance.now();
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const { server, end } = await start(true);
try {
  const { findings, tally } = await fuzz(server, {
    seed,
    count,
    every,
    folder,
    fresh: () => start(false),
    signal: stop.signal,
    found: ({ edit, what, name, detail }) =>
      console.error(`edit ${edit}: ${what}, ${name}: ${JSON.stringify(detail).slice(0, 2_000)}`),
    progress: (edit) => {
      if (edit % (every * 10) === 0)
        console.log(`${edit} edits, ${Math.round((performance.now() - begun) / 1000)} s`);
    },
  });
  console.log(
    `${tally.edits} edits, ${tally.requests} requests, ${tally.ranges} ranges within their documents, ${tally.compared} documents compared with a fresh server, ` +
      `${Math.round((performance.now() - begun) / 1000)} s: ${findings.length} findings`,
  );
  if (findings.length > 0) {
    const report = join(root, 'dist', 'fuzz');
    mkdirSync(report, { recursive: true });
    writeFileSync(join(report, `${seed}.json`), JSON.stringify(findings, null, 2));
    console.error(
      `The texts are in dist/fuzz/${seed}.json. Again: npm run fuzz -- --seed ${seed} --count ${findings.at(-1)?.edit}`,
    );
    process.exitCode = 1;
  }
} finally {
  await end();
  rmSync(place, { recursive: true });
}

/** @param {boolean} lives whether it is asked while it thinks, as an editor does; else every answer is the whole one */
async function start(lives) {
  const child = spawn(process.execPath, [join(root, 'dist/server.mjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C is for the one who asks: the summary needs no crash. The server ends with its input.
    detached: true,
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  /** @type {string[]} */
  const errors = [];
  /** @type {Map<string, number>} */
  const versions = new Map();
  let asked = false;
  let tell = () => {};
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let ended = false;
  child.once('exit', (code, signal) => {
    if (!ended) errors.push(`the server ended: ${code ?? signal}`);
  });
  connection.onNotification('window/logMessage', ({ type, message }) => {
    if (type === 1) errors.push(message);
  });
  connection.onRequest('workspace/diagnostic/refresh', () => {
    asked = true;
    tell();
    return null;
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => ({})));
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: folder.slice(0, -1), name: 'fuzz' }],
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        ...(lives && { diagnostics: { refreshSupport: true } }),
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      },
      textDocument: {
        diagnostic: {},
        completion: { completionItem: { snippetSupport: true, insertReplaceSupport: true } },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        definition: { linkSupport: true },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
      },
    },
  });
  await connection.sendNotification('initialized', {});
  const notify = (method, params) => connection.sendNotification(method, params);
  return {
    server: {
      errors,
      open: (name, text) => {
        versions.set(name, 1);
        const textDocument = { uri: folder + name, languageId: 'dockercompose', version: 1, text };
        return notify('textDocument/didOpen', { textDocument });
      },
      close: (name) => notify('textDocument/didClose', { textDocument: { uri: folder + name } }),
      change: (name, change) => {
        const version = (versions.get(name) ?? 1) + 1;
        versions.set(name, version);
        return notify('textDocument/didChange', {
          textDocument: { uri: folder + name, version },
          contentChanges: [change],
        });
      },
      write: (name, text) => {
        writeFileSync(join(place, name), text);
        return notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder + name, type: 2 }] });
      },
      // A server that crashed never answers.
      request: (method, params) =>
        Promise.race([
          connection.sendRequest(method, params),
          gone.then(() => Promise.reject(new Error('the server ended'))),
        ]),
      refreshed: async () => {
        if (!asked)
          await Promise.race([
            new Promise((resolve) => {
              tell = () => resolve(undefined);
            }),
            new Promise((resolve) => setTimeout(resolve, patience)),
          ]);
        const was = asked;
        asked = false;
        return was;
      },
    },
    end: async () => {
      ended = true;
      await connection.sendRequest('shutdown').catch(() => undefined);
      await connection.sendNotification('exit').catch(() => undefined);
      await gone;
      connection.dispose();
    },
  };
}

// The built language server beside yaml-language-server: both as processes of their own, over their standard streams, on the same texts.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { aliases, stack } from './texts.mjs';

const require = createRequire(import.meta.url);
const {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} = require('vscode-languageserver/node');
const root = fileURLToPath(new URL('../../', import.meta.url));

const texts = {
  '300 lines': stack(300),
  '500 lines': stack(500),
  '1,500 lines, 750 aliases': aliases(),
  '5,000 lines': stack(5000),
};

const schema = JSON.parse(readFileSync(`${root}compose/schema/compose-spec.schema.json`, 'utf8'));

const servers = {
  composure: { args: [`${root}dist/server.mjs`, '--stdio'], settings: {}, rounds: 40 },
  // Seconds a round on the largest text: fewer have to do.
  'yaml-language-server': {
    rounds: 6,
    args: [`${root}node_modules/yaml-language-server/bin/yaml-language-server`, '--stdio'],
    settings: {
      yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: {} },
    },
  },
};

/** Milliseconds and megabytes of every server: `{ server: { text: { measure: [p50, p95] } } }`. */
export async function measure() {
  const results = {};
  for (const name of Object.keys(servers)) results[name] = await measureServer(name, servers[name].rounds);
  return results;
}

export async function measureServer(name, rounds) {
  const { args, settings } = servers[name];
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published = new Map();
  const waiting = new Map();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, version }) => {
    published.set(uri, version);
    waiting.get(uri)?.();
  });
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) => (section ? (settings[section] ?? {}) : settings)),
  );
  for (const method of ['client/registerCapability', 'workspace/diagnostic/refresh'])
    connection.onRequest(method, () => null);
  connection.onRequest('custom/schema/content', () => JSON.stringify(schema));
  connection.listen();
  const pull = name === 'composure';
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    capabilities: {
      workspace: {
        configuration: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
      },
      textDocument: {
        ...(pull ? { diagnostic: {} } : {}),
        completion: { completionItem: { snippetSupport: true } },
        publishDiagnostics: { versionSupport: true },
      },
    },
  });
  const start = performance.now() - begun;
  await connection.sendNotification('initialized', {});
  if (!pull) {
    await connection.sendNotification('json/schemaAssociations', [
      { uri: 'schema://compose', fileMatch: ['*.compose.yaml'], schema },
    ]);
    await connection.sendNotification('yaml/registerContentRequest');
  }

  const measured = { start: [start, start] };
  for (const [label, text] of Object.entries(texts)) {
    const uri = `file:///bench/${label.replace(/\W/g, '')}.compose.yaml`;
    const languageId = pull ? 'dockercompose' : 'yaml';
    let version = 1;
    const diagnostics = async () => {
      if (pull) return connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
      if (published.get(uri) === version) return undefined;
      return new Promise((resolve) =>
        waiting.set(uri, () => {
          if (published.get(uri) === undefined || published.get(uri) >= version) resolve();
        }),
      );
    };
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
    await diagnostics();
    const line = text.split('\n').findLastIndex((each) => each.startsWith('    image: '));
    const times = { 'edit to diagnostics': [], completion: [], hover: [] };
    // Each round: a letter is typed at the end of an image's name, or taken away again.
    for (let round = 0; round < rounds; round += 1) {
      const character = text.split('\n')[line].length;
      const typed = round % 2 === 0;
      version += 1;
      const begin = performance.now();
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [
          {
            range: {
              start: { line, character },
              end: { line, character: typed ? character : character + 1 },
            },
            text: typed ? 'x' : '',
          },
        ],
      });
      await diagnostics();
      times['edit to diagnostics'].push(performance.now() - begin);
      for (const [what, position] of [
        ['completion', { line, character: 4 }],
        ['hover', { line, character: 6 }],
      ]) {
        const asked = performance.now();
        await connection.sendRequest(`textDocument/${what}`, { textDocument: { uri }, position });
        times[what].push(performance.now() - asked);
      }
    }
    measured[label] = Object.fromEntries(
      Object.entries(times).map(([what, each]) => [what, percentiles(each)]),
    );
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  measured.memory = memoryOf(child.pid);
  await connection.sendRequest('shutdown');
  connection.dispose();
  child.kill();
  return measured;
}

function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return [at(0.5), at(0.95)];
}

/** Resident megabytes, where the system tells. */
function memoryOf(pid) {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** A table for people. */
export function table(results) {
  const lines = [];
  const names = Object.keys(results);
  lines.push(`${''.padEnd(48)}${names.map((name) => name.padStart(24)).join('')}`);
  const row = (label, values) =>
    lines.push(`${label.padEnd(48)}${values.map((value) => value.padStart(24)).join('')}`);
  const time = ([p50, p95]) => `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`;
  row(
    'start',
    names.map((name) => `${results[name].start[0].toFixed(0)} ms`),
  );
  for (const label of Object.keys(texts)) {
    for (const what of Object.keys(results[names[0]][label])) {
      row(
        `${label}: ${what} (p50 / p95)`,
        names.map((name) => time(results[name][label][what])),
      );
    }
  }
  row(
    'memory afterwards',
    names.map((name) => `${results[name].memory.toFixed(0)} MB`),
  );
  return lines.join('\n');
}

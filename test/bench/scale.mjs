// The built language server where projects are large: long files, many includes, env files, services that extend others, many projects in a workspace.
// Everything is on a real disk. An edit is a letter at the end of an image's name, or its removal; requests come right after an edit, so that
// what they take includes what the edit made outdated, and once more when nothing has changed.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { services, stack } from './texts.mjs';

const require = createRequire(import.meta.url);
const {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} = require('vscode-languageserver/node');
const server = fileURLToPath(new URL('../../dist/server.mjs', import.meta.url));

/** Each a project: files by name; the first is the one that is edited. */
const projects = {
  '500 lines': () => ({ 'compose.yaml': stack(500) }),
  '5,000 lines': () => ({ 'compose.yaml': stack(5000) }),
  '20,000 lines': () => ({ 'compose.yaml': services(2000) }),
  '200 includes': includes,
  '300 env files': envFiles,
  '1,000 extends': () => ({ 'compose.yaml': chain(1000) }),
};

function includes() {
  const names = Array.from({ length: 200 }, (_, i) => `parts/part${i}/compose.yaml`);
  const files = {
    'compose.yaml': `include:\n${names.map((name) => `  - ${name}\n`).join('')}services:\n  web:\n    image: nginx:1.27\n    depends_on: [part0]\n    environment:\n      LEVEL: \${LOG_LEVEL:-info}\n`,
  };
  for (const [i, name] of names.entries())
    files[name] =
      `services:\n  part${i}:\n    image: app:\${TAG:-1.${i}}\n    environment:\n      NAME: part${i}\n    ports:\n      - "${10000 + i}:80"\n`;
  return files;
}

function envFiles() {
  const files = {};
  const out = ['services:'];
  for (let i = 0; i < 300; i += 1) {
    out.push(
      `  service${i}:`,
      `    image: app${i}:1.0`,
      '    environment:',
      '      LEVEL: ${LOG_LEVEL:-info}',
      `    env_file: env/${i}.env`,
    );
    if (i > 0) out.push('    depends_on: [service0]');
    files[`env/${i}.env`] = Array.from({ length: 40 }, (_, line) => `NAME_${line}=value-${i}-${line}\n`).join(
      '',
    );
  }
  return { 'compose.yaml': `${out.join('\n')}\n`, ...files };
}

function chain(count) {
  const out = [
    'services:',
    '  service0:',
    '    image: app:1.0',
    '    environment:',
    '      LEVEL: ${LOG_LEVEL:-info}',
  ];
  for (let i = 1; i < count; i += 1)
    out.push(
      `  service${i}:`,
      '    extends: service0',
      `    image: app${i}:1.0`,
      '    depends_on: [service0]',
    );
  return `${out.join('\n')}\n`;
}

/** Milliseconds `[p50, p95]` by project and measure, and megabytes. */
async function measure(names = Object.keys(projects), rounds = 20) {
  const results = {};
  for (const name of names) results[name] = await measureProject(projects[name](), rounds);
  return results;
}

async function measureProject(files, rounds) {
  return inFolder(files, async (folder) => {
    const client = await start(folder);
    try {
      const uri = pathToFileURL(join(folder, 'compose.yaml')).href;
      const text = files['compose.yaml'];
      const times = {};
      const taking = async (what, work) => {
        const begun = performance.now();
        const result = await work();
        times[what] = [...(times[what] ?? []), performance.now() - begun];
        return result;
      };
      await client.notify('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockercompose', version: 1, text },
      });
      await taking('open to diagnostics', () =>
        client.ask('textDocument/diagnostic', { textDocument: { uri } }),
      );
      const lines = text.split('\n');
      // In the middle: what comes after the edit has to be moved.
      const line = lines.findIndex((each, i) => i >= lines.length / 2 && each.startsWith('    image: '));
      const edited = line === -1 ? lines.findIndex((each) => each.startsWith('    image: ')) : line;
      const character = lines[edited].length;
      const reference = placeIn(lines, /depends_on: \[(?=[a-z])|depends_on:$/);
      const variable = placeIn(lines, /\$\{(?=LOG_LEVEL)/);
      const positions = {
        'hover on a name': ['hover', reference],
        'hover on a variable': ['hover', variable],
        definition: ['definition', reference],
        references: ['references', reference],
        'references of a variable': ['references', variable],
      };
      let version = 1;
      const edit = () => {
        const typed = version % 2 === 1;
        version += 1;
        const end = { line: edited, character: typed ? character : character + 1 };
        return client.notify('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [{ range: { start: { line: edited, character }, end }, text: typed ? 'x' : '' }],
        });
      };
      for (let round = 0; round < rounds; round += 1)
        await taking('edit to diagnostics', async () => {
          await edit();
          await client.ask('textDocument/diagnostic', { textDocument: { uri } });
        });
      for (const [what, [method, position]] of Object.entries(positions))
        for (let round = 0; round < rounds / 4; round += 1) {
          const ask = () =>
            client.ask(`textDocument/${method}`, {
              textDocument: { uri },
              position,
              ...(method === 'references' && { context: { includeDeclaration: true } }),
            });
          await edit();
          await taking(what, ask);
          await taking(`${what}, again`, ask);
        }
      for (let round = 0; round < rounds / 2; round += 1) {
        await edit();
        await taking('symbols', () => client.ask('textDocument/documentSymbol', { textDocument: { uri } }));
      }
      for (let round = 0; round < 3; round += 1) {
        await edit();
        await taking('formatting', () =>
          client.ask('textDocument/formatting', {
            textDocument: { uri },
            options: { tabSize: 2, insertSpaces: true },
          }),
        );
      }
      return { ...percentiles(times), memory: client.memory() };
    } finally {
      await client.end();
    }
  });
}

/** 500 projects in a workspace: from opening one to its diagnostics, and edits while the others are looked at. */
async function measureWorkspace(count = 500, rounds = 60) {
  const files = {};
  for (let i = 0; i < count; i += 1) files[`project${i}/compose.yaml`] = stack(100);
  return inFolder(files, async (folder) => {
    const client = await start(folder, { diagnostics: { workspace: true } });
    try {
      const uri = pathToFileURL(join(folder, 'project0/compose.yaml')).href;
      const text = files['project0/compose.yaml'];
      const lines = text.split('\n');
      const line = lines.findIndex((each) => each.startsWith('    image: '));
      const character = lines[line].length;
      const times = { 'open to diagnostics': [], 'edit to diagnostics': [], 'workspace symbols': [] };
      let begun = performance.now();
      await client.notify('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockercompose', version: 1, text },
      });
      await client.ask('textDocument/diagnostic', { textDocument: { uri } });
      times['open to diagnostics'].push(performance.now() - begun);
      for (let round = 0; round < rounds; round += 1) {
        const typed = round % 2 === 0;
        begun = performance.now();
        const end = { line, character: typed ? character : character + 1 };
        await client.notify('textDocument/didChange', {
          textDocument: { uri, version: round + 2 },
          contentChanges: [{ range: { start: { line, character }, end }, text: typed ? 'x' : '' }],
        });
        await client.ask('textDocument/diagnostic', { textDocument: { uri } });
        times['edit to diagnostics'].push(performance.now() - begun);
        // As fast as somebody types who types fast: the background has the pauses.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      for (let round = 0; round < 10; round += 1) {
        begun = performance.now();
        await client.ask('workspace/symbol', { query: 'service' });
        times['workspace symbols'].push(performance.now() - begun);
      }
      return { ...percentiles(times), memory: client.memory() };
    } finally {
      await client.end();
    }
  });
}

function placeIn(lines, pattern) {
  const found = lines.flatMap((text, line) => {
    const match = pattern.exec(text);
    if (match === null) return [];
    return text.endsWith('depends_on:')
      ? { line: line + 1, character: 8 }
      : { line, character: match.index + match[0].length + 1 };
  });
  const place = found.find(({ line }) => line >= lines.length / 2) ?? found.at(-1);
  if (place === undefined) throw new Error(`no ${pattern}`);
  return place;
}

async function inFolder(files, work) {
  const folder = mkdtempSync(join(tmpdir(), 'composure-bench-scale-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function start(folder, settings = {}) {
  // Nothing is asked of registries.
  const configured = { images: { registry: false }, ...settings };
  const options = process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [];
  const child = spawn(process.execPath, [...options, server, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) => (section === undefined ? { composure: configured } : configured)),
  );
  for (const method of ['client/registerCapability', 'workspace/diagnostic/refresh'])
    connection.onRequest(method, () => null);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'bench' }],
    capabilities: {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        diagnostics: { refreshSupport: true },
      },
      textDocument: { diagnostic: {}, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
    },
  });
  await connection.sendNotification('initialized', {});
  return {
    notify: (method, params) => connection.sendNotification(method, params),
    ask: (method, params) => connection.sendRequest(method, params),
    memory: () => memoryOf(child.pid),
    async end() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}

function percentiles(times) {
  return Object.fromEntries(
    Object.entries(times).map(([what, each]) => {
      const sorted = each.toSorted((a, b) => a - b);
      const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
      return [what, [at(0.5), at(0.95)]];
    }),
  );
}

/** Resident megabytes, where the system tells. */
function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** The times of a project for people, with the ratio of edits to those at 500 lines. */
function table(results, name) {
  const baseline = results['500 lines']?.['edit to diagnostics'][0];
  const { memory, ...times } = results[name];
  const lines = [`${name} (${memory.toFixed(0)} MB)`];
  for (const [what, [p50, p95]] of Object.entries(times)) {
    const ratio =
      what === 'edit to diagnostics' && baseline !== undefined
        ? `   ${(p50 / baseline).toFixed(1)} times 500 lines`
        : '';
    lines.push(
      `  ${what.padEnd(32)} ${p50.toFixed(1).padStart(8)} / ${p95.toFixed(1).padStart(8)} ms${ratio}`,
    );
  }
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  const names = Object.keys(projects).filter((name) => wanted.length === 0 || wanted.includes(name));
  const results = {};
  console.log('p50 / p95');
  for (const name of names) {
    Object.assign(results, await measure([name]));
    console.log(table(results, name));
  }
  if (wanted.length === 0 || wanted.includes('500 projects')) {
    results['500 projects'] = await measureWorkspace();
    console.log(table(results, '500 projects'));
  }
}

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import type { CompletionList, DocumentDiagnosticReport, Hover, Location } from 'vscode-languageserver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decode } from '#disk/decode.ts';
import { decodeText } from '../../server/src/browser/decode-text.ts';
import * as browserUri from '../../server/src/system/browser/file-uri.ts';
import * as browserPath from '../../server/src/system/browser/path.ts';
import * as nodePath from '../../server/src/system/node/path.ts';

const root = 'vscode-vfs://github/owner/shop';
const files: Readonly<Record<string, string>> = {
  [`${root}/compose.yaml`]:
    'include: [parts/db.yaml]\nservices:\n  web:\n    image: nginx:${TAG}\n    depends_on: [db, nobody]\n  cache:\n    image: redis:8\n',
  [`${root}/parts/db.yaml`]: 'services:\n  db:\n    image: postgres:17\n',
  [`${root}/.env`]: 'TAG=1.29\n',
  [`${root}/good/compose.yaml`]: 'services:\n  api:\n    image: node:22\n    ports: ["8080:80"]\n',
};

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What is global in a worker. */
interface Scope {
  onmessage?: (event: { readonly data: Message }) => void;
  readonly [name: string]: unknown;
}

/** A worker that has what every browser gives one, and nothing of Node: `process`, `require` and `Buffer` are not there. */
class Worker {
  readonly #waiting = new Map<number, (answer: Message) => void>();
  readonly #scope: Scope;
  readonly logged: string[] = [];
  #ids = 0;

  constructor(program: string) {
    const scope: Scope = {
      AbortController,
      AbortSignal,
      TextDecoder,
      TextEncoder,
      URL,
      addEventListener: () => {},
      btoa,
      clearTimeout,
      console,
      performance,
      queueMicrotask,
      setTimeout,
      postMessage: (message: Message) => queueMicrotask(() => this.#hear(message)),
    };
    this.#scope = scope;
    const context = createContext(scope);
    runInContext('globalThis.self = globalThis', context);
    runInContext(program, context, { filename: 'server.js' });
  }

  async ask<T>(method: string, params: unknown): Promise<T> {
    const id = this.#ids++;
    const answer = await new Promise<Message>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send({ id, method, params });
    });
    expect(answer.error, method).toBeUndefined();
    return answer.result as T;
  }

  tell(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: Message): void {
    const data = { jsonrpc: '2.0', ...message } as Message;
    this.#scope.onmessage?.({ data });
  }

  #hear(message: Message): void {
    if (message.method === undefined) this.#waiting.get(message.id ?? -1)?.(message);
    else if (message.id === undefined) {
      if (message.method === 'window/logMessage') this.logged.push(JSON.stringify(message.params));
    } else this.#send({ id: message.id, result: answer(message) });
  }
}

/** What the client has. */
function answer({ method, params }: Message): unknown {
  const { uri } = params as { readonly uri: string };
  const text = files[uri];
  const below = Object.keys(files).filter((name) => name.startsWith(`${uri}/`));
  switch (method) {
    case 'composure/readFile':
      return text === undefined
        ? { kind: 'missing' }
        : { kind: 'bytes', bytes: new TextEncoder().encode(text) };
    case 'composure/statFile':
      if (text !== undefined) return 'file';
      return below.length > 0 ? 'directory' : 'missing';
    case 'composure/listFolder':
      return [...new Set(below.map((name) => name.slice(uri.length + 1).split('/')[0]))];
    default:
      return null;
  }
}

let folder: string;
let worker: Worker;
const uri = `${root}/compose.yaml`;
const text = files[uri] ?? '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-browser-'));
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', `--dist=${folder}`, 'web'], {
    cwd: join(import.meta.dirname, '../..'),
  });
  worker = new Worker(await readFile(join(folder, 'web/server.js'), 'utf8'));
  await worker.ask('initialize', {
    processId: null,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'shop' }],
    capabilities: { textDocument: { diagnostic: {}, completion: {}, definition: { linkSupport: true } } },
  });
  worker.tell('initialized', {});
  worker.tell('textDocument/didOpen', {
    textDocument: { uri, languageId: 'dockercompose', version: 1, text },
  });
}, 60_000);

afterAll(async () => {
  expect(worker?.logged).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

function at(needle: string) {
  const before = text.slice(0, text.indexOf(needle)).split('\n');
  return {
    textDocument: { uri },
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  };
}

test('diagnostics with the included file and .env in view', async () => {
  const report = await worker.ask<DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  expect(report.kind === 'full' && report.items.map(({ code }) => code)).toEqual(['undefined-dependency']);
});

test('completion', async () => {
  const list = await worker.ask<CompletionList>('textDocument/completion', at('nobody'));
  expect(list.items.map(({ label }) => label)).toEqual(['cache']);
});

test('hover', async () => {
  const hover = await worker.ask<Hover>('textDocument/hover', at('TAG'));
  expect(JSON.stringify(hover.contents)).toContain('1.29');
});

test('navigation to another file of the same file system', async () => {
  const links = await worker.ask<Location[]>('textDocument/definition', at('db, nobody'));
  expect(links).toMatchObject([{ uri: `${root}/parts/db.yaml` }]);
});

test('conversion to Kubernetes; a project with errors is not converted', async () => {
  expect(await worker.ask('composure/convertToKubernetes', { uri })).toEqual({ remarks: '' });
  const { manifests, remarks } = await worker.ask<{ manifests: string; remarks: string }>(
    'composure/convertToKubernetes',
    { uri: `${root}/good/compose.yaml` },
  );
  expect(manifests).toMatch(/^kind: Deployment$/m);
  expect(manifests).toContain('node:22');
  expect(typeof remarks).toBe('string');
});

test('a bundle of the extension that asks for nothing but VS Code', async () => {
  const program = await readFile(join(folder, 'web/extension.js'), 'utf8');
  const asked = [...program.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  expect([...new Set(asked)]).toEqual(['vscode']);
});

test('paths as Node has them', () => {
  for (const parts of [
    ['/a', 'b'],
    ['/a', '../b', '.'],
    ['/a', '/b'],
    ['a', 'b'],
    ['/a/b', '../../../c'],
    ['/', ''],
  ]) {
    expect(browserPath.join(...parts), parts.join()).toBe(nodePath.join(...parts));
    if (parts[0]?.startsWith('/')) expect(browserPath.resolve(...parts)).toBe(nodePath.resolve(...parts));
  }
  for (const path of ['/', '/a', '/a/b.yaml', '/a/b/']) {
    expect(browserPath.dirname(path)).toBe(nodePath.dirname(path));
    if (path !== '/') expect(browserPath.basename(path)).toBe(nodePath.basename(path));
  }
  for (const [from = '', to = ''] of [
    ['/a', '/a/b'],
    ['/a/b', '/a'],
    ['/a', '/a'],
    ['/a', '/b/c'],
  ])
    expect(browserPath.relative(from, to)).toBe(nodePath.relative(from, to));
});

test.each([
  'vscode-vfs://github/owner/a%20b/compose.yaml',
  'file:///work/compose.yaml',
  'memory:/shop/compose.yaml',
  'vscode-remote://127.0.0.1%3A80/x/%C3%A9.yaml',
])('%s is a path and back', (each) => {
  expect(browserUri.uriOfFile(browserUri.filePathOf(each) ?? '')).toBe(each);
});

test('what is no file of a workspace has no path', () => {
  expect(browserUri.filePathOf('untitled:Untitled-1')).toBeUndefined();
  expect(browserUri.filePathOf('git:/a/compose.yaml')).toBeUndefined();
});

test.each([
  ['UTF-8', Buffer.from('a: é\n')],
  ['UTF-8 with its mark', Buffer.from('\uFEFFa: é\n')],
  ['Latin-1', Buffer.from('a: é\n', 'latin1')],
  ['a fault behind a character that stands for one', Buffer.from([0xef, 0xbf, 0xbd, 0x61, 0xe9, 0x0a])],
  ['UTF-16', Buffer.from('\uFEFFa: é\n', 'utf16le')],
])('%s is decoded as from the disk', (_, bytes) => {
  expect(decodeText(bytes)).toEqual({ kind: 'text', ...decode(bytes) });
});

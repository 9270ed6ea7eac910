// npm run bench -- keystrokes: the keys that the stacks of a course take, typed with completion; COMPOSURE_SERVER names another server's file.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { besides, countKeys, shownList, stacksOf } from './keystrokes.mjs';

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = createRequire(import.meta.url)(
  'vscode-languageserver/node',
);
const { TextDocument } = createRequire(import.meta.url)('vscode-languageserver-textdocument');
const root = fileURLToPath(new URL('../../', import.meta.url));
const server = process.env.COMPOSURE_SERVER ?? `${root}dist/server.mjs`;
const course = `${root}../../shared/course/chapter-4-docker-compose.md`;
const beside = existsSync(course) ? course : `${root}../shared/course/chapter-4-docker-compose.md`;

if (!existsSync(beside))
  console.log('not counted: there is no course beside the checkout (../shared/course)');
else
  for (const [name, text] of Object.entries(stacksOf(readFileSync(beside, 'utf8')))) {
    const { keys, typed, way } = await count(text);
    console.log(`${name}: ${text.length} characters, ${typed} keys without completion, ${keys} with it`);
    if (process.env.COMPOSURE_WAY !== undefined) console.log(way.join(''));
  }

async function count(text) {
  const folder = mkdtempSync(join(tmpdir(), 'composure-typing-'));
  for (const [path, content] of Object.entries(besides)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(() => ({ images: { registry: false } })),
  );
  for (const method of ['client/registerCapability', 'workspace/diagnostic/refresh'])
    connection.onRequest(method, () => null);
  connection.listen();
  try {
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'work' }],
      capabilities: {
        workspace: { configuration: true },
        textDocument: { diagnostic: {}, completion: { completionItem: { snippetSupport: true } } },
      },
    });
    await connection.sendNotification('initialized', {});
    const uri = pathToFileURL(join(folder, 'compose.yaml')).href;
    let version = 1;
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockercompose', version, text: '' },
    });
    return await countKeys(text, async (typed) => {
      version += 1;
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text: typed }],
      });
      const document = TextDocument.create(uri, 'dockercompose', version, typed);
      const answer = await connection.sendRequest('textDocument/completion', {
        textDocument: { uri },
        position: document.positionAt(typed.length),
      });
      return shownList(answer?.items ?? answer ?? [], (position) => document.offsetAt(position));
    });
  } finally {
    connection.dispose();
    child.kill();
    rmSync(folder, { recursive: true });
  }
}

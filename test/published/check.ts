import { isDeepStrictEqual } from 'node:util';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type Diagnostic,
  DiagnosticSeverity,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { load } from '#compose/load/load.ts';
import type { FileSystem, Host } from '#compose/load/host.ts';
import type { LoadResult } from '#compose/load/request.ts';
import { diskFiles } from '#disk/disk-files.ts';
import { applyTextEdits } from '../server/support/marked-text.ts';
import { TestClient } from '../server/support/test-client.ts';
import type { PublishedCase } from './cases.ts';

/** Something that the language server does otherwise than it promises. */
export interface Finding {
  readonly what:
    | 'false error'
    | 'refused in silence'
    | 'formatting twice'
    | 'formatting changes the project'
    | 'action changes the project'
    | 'action breaks the project'
    | 'rename changes the project'
    | 'failed request';
  readonly detail: string;
}

export interface Checked {
  readonly findings: readonly Finding[];
  readonly actions: number;
  readonly renames: number;
}

/** A server in this process that reads the real disk. */
export function startServer(environment: Readonly<Record<string, string>>): Promise<TestClient> {
  return TestClient.inProcess({ host: { files: diskFiles(), environment }, folder: 'file:///' });
}

/**
 * What the server does with a document, held against the project that is loaded: it must be idempotent in formatting, and keep the project by
 * formatting, refactoring and renaming. `accepted`: whether Docker Compose takes the project; not judged when absent.
 */
export async function checkDocument(
  client: TestClient,
  one: PublishedCase,
  text: string,
  accepted: boolean | undefined,
): Promise<Checked> {
  const uri = pathToFileURL(one.document).href;
  const findings: Finding[] = [];
  const document = await client.open(uri, text);
  const world: World = { one, uri, document, before: await loadWith(one, new Map()) };
  const diagnostics = await client.diagnostics(uri);
  // A file that is found by its name is whole; another may be a part of one.
  const isWhole = one.files.length === 0;
  findings.push(...judged(diagnostics, accepted === false && !isWhole ? undefined : accepted, document));
  findings.push(...(await checkFormatting(client, world)));
  const actions = await checkActions(client, world, diagnostics);
  const renames = await checkRenames(client, world);
  findings.push(...actions.findings, ...renames.findings);
  findings.push(...client.errors.splice(0).map((detail) => ({ what: 'failed request' as const, detail })));
  await client.closeDocument(uri);
  return { findings, actions: actions.count, renames: renames.count };
}

interface World {
  readonly one: PublishedCase;
  readonly uri: string;
  readonly document: TextDocument;
  readonly before: LoadResult;
}

function judged(
  diagnostics: readonly Diagnostic[],
  accepted: boolean | undefined,
  document: TextDocument,
): Finding[] {
  const errors = diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error);
  if (accepted === true)
    return errors.map(({ code, message, range }) => ({
      what: 'false error',
      detail: `${range.start.line + 1}: ${String(code)}: ${message}: ${document.getText(range).slice(0, 80)}`,
    }));
  // What a profile leaves out is a warning: another choice of profiles takes it in.
  const isSilent = diagnostics.every(
    ({ severity = DiagnosticSeverity.Error }) => severity > DiagnosticSeverity.Warning,
  );
  return accepted === false && isSilent ? [{ what: 'refused in silence', detail: '' }] : [];
}

const formatOptions = { tabSize: 2, insertSpaces: true };

async function checkFormatting(client: TestClient, world: World): Promise<Finding[]> {
  const text = world.document.getText();
  const once = await formatted(client, world.uri, text);
  if (once === text) return [];
  const findings: Finding[] = [];
  if (!sameProject(world.before, await loadWith(world.one, new Map([[world.one.document, once]]))))
    findings.push({ what: 'formatting changes the project', detail: '' });
  await client.change(world.uri, [{ text: once }]);
  if ((await formatted(client, world.uri, once)) !== once)
    findings.push({ what: 'formatting twice', detail: '' });
  await client.change(world.uri, [{ text }]);
  return findings;
}

async function formatted(client: TestClient, uri: string, text: string): Promise<string> {
  const edits = await client.request<TextEdit[] | null>('textDocument/formatting', {
    textDocument: { uri },
    options: formatOptions,
  });
  return applyTextEdits(text, client.document(uri), edits ?? []);
}

/** Of each line its actions: refactorings keep the project, fixes keep it loading. */
async function checkActions(
  client: TestClient,
  world: World,
  diagnostics: readonly Diagnostic[],
): Promise<{ readonly findings: readonly Finding[]; readonly count: number }> {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const { document, uri } = world;
  const lines = document.getText().split('\n');
  const asked = lines.flatMap((line, number) => {
    const character = line.search(/[^\s-]/);
    const value = line.search(/(?<=:\s+)\S/);
    return [character, value]
      .filter((each) => each !== -1)
      .map((each) => ({ line: number, character: each }));
  });
  const answers: CodeAction[] = [];
  for (const position of asked)
    answers.push(...(await actionsAt(client, uri, { start: position, end: position }, [], ['refactor'])));
  for (const diagnostic of diagnostics)
    answers.push(...(await actionsAt(client, uri, diagnostic.range, [diagnostic], ['quickfix'])));
  const start = { line: 0, character: 0 };
  answers.push(...(await actionsAt(client, uri, { start, end: start }, [], ['source'])));
  for (const { title, kind = '', edit = {} } of answers) {
    const identity = JSON.stringify(edit);
    if (seen.has(identity)) continue;
    seen.add(identity);
    const after = await loadWith(world.one, await textsOf(edit, client, world));
    const where = `${title} (${kind})`;
    if (world.before.loaded !== undefined && after.loaded === undefined)
      findings.push({ what: 'action breaks the project', detail: `${where}: ${firstError(after)}` });
    else if (!kind.startsWith('quickfix') && !toSecret(edit) && !sameProject(world.before, after))
      findings.push({ what: 'action changes the project', detail: where });
  }
  return { findings, count: seen.size };
}

/** A secret reaches the container another way: it is offered for that. */
function toSecret({ documentChanges = [] }: WorkspaceEdit): boolean {
  return documentChanges.some(
    (change) =>
      'kind' in change && change.kind === 'create' && /secret/.test(JSON.stringify(documentChanges)),
  );
}

async function actionsAt(
  client: TestClient,
  uri: string,
  range: Diagnostic['range'],
  diagnostics: readonly Diagnostic[],
  only: readonly string[],
): Promise<CodeAction[]> {
  return client.request('textDocument/codeAction', {
    textDocument: { uri },
    range,
    context: { diagnostics, only },
  });
}

/** Renames every name of the document, where it stands first. */
async function checkRenames(
  client: TestClient,
  world: World,
): Promise<{ readonly findings: readonly Finding[]; readonly count: number }> {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  let count = 0;
  for (const { 0: word, index } of world.document.getText().matchAll(/[A-Za-z_][\w.-]*/g)) {
    if (seen.has(word)) continue;
    const prepared = await client
      .at<{ placeholder: string } | null>('textDocument/prepareRename', world.uri, index + 1)
      .catch(() => null);
    if (prepared === null) continue;
    seen.add(word);
    const newName = `${prepared.placeholder}_Q9`.toLowerCase();
    const edit = await client
      .at<WorkspaceEdit | null>('textDocument/rename', world.uri, index + 1, { newName })
      .catch(() => null);
    if (edit === null) continue;
    count += 1;
    const after = await loadWith(world.one, await textsOf(edit, client, world));
    const mended = world.before.loaded === undefined && after.loaded !== undefined;
    if (
      !mended &&
      !sameProject(world.before, after, (text) => text.replaceAll(newName, prepared.placeholder))
    )
      findings.push({
        what: 'rename changes the project',
        detail: `${prepared.placeholder}: ${after.loaded === undefined ? firstError(after) : 'it loads'}`,
      });
  }
  return { findings, count };
}

function firstError({ problems }: LoadResult): string {
  const error = problems.find(({ severity }) => severity === 'error');
  return error === undefined ? '' : `${error.code} ${JSON.stringify(error.message)}`;
}

/** The texts that an edit leaves, by absolute path. */
async function textsOf(
  edit: WorkspaceEdit,
  client: TestClient,
  { uri, document, one }: World,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const changes =
    edit.documentChanges ??
    Object.entries(edit.changes ?? {}).map(([each, edits]) => ({
      textDocument: { uri: each, version: null },
      edits,
    }));
  for (const change of changes) {
    if (!('textDocument' in change)) {
      if (change.kind === 'create') texts.set(pathOf(change.uri), '');
      continue;
    }
    const path = pathOf(change.textDocument.uri);
    const edits = change.edits as readonly TextEdit[];
    if (change.textDocument.uri === uri) {
      texts.set(one.document, applyTextEdits(document.getText(), document, edits));
      continue;
    }
    const opened = await client.open(change.textDocument.uri, texts.get(path) ?? (await textAt(path)));
    texts.set(path, applyTextEdits(opened.getText(), opened, edits));
    await client.closeDocument(change.textDocument.uri);
  }
  return texts;
}

function pathOf(uri: string): string {
  return decodeURIComponent(new URL(uri).pathname);
}

async function textAt(path: string): Promise<string> {
  const result = await diskFiles().read(path);
  return result.kind === 'text' ? result.text : '';
}

/** Loads a case with some texts other than they are on the disk. */
function loadWith(one: PublishedCase, texts: ReadonlyMap<string, string>): Promise<LoadResult> {
  const disk = diskFiles();
  const files: FileSystem = {
    ...disk,
    async read(path, kind) {
      const text = texts.get(path);
      return text === undefined ? disk.read(path, kind) : { kind: 'text', text };
    },
    stat: async (path) => (texts.has(path) ? 'file' : disk.stat(path)),
  };
  const { environment } = one;
  const host: Host = {
    environment,
    home: environment.HOME ?? '/',
    platform: 'posix',
    uriOf: (path) => pathToFileURL(path).href,
    files,
  };
  return load(host, { cwd: one.cwd, files: one.files });
}

/** Whether a project means what it meant; what `x-…` at the top say means nothing. */
function sameProject(
  before: LoadResult,
  after: LoadResult,
  renamed: (text: string) => string = (text) => text,
): boolean {
  const meaning = ({ loaded, partial }: LoadResult) => {
    const project = (loaded ?? partial)?.project ?? {};
    return JSON.stringify(
      Object.fromEntries(Object.entries(project).filter(([key]) => !key.startsWith('x-'))),
    );
  };
  if ((before.loaded === undefined) !== (after.loaded === undefined)) return false;
  if (before.loaded === undefined) return true;
  return isDeepStrictEqual(JSON.parse(meaning(before)), JSON.parse(renamed(meaning(after))));
}

import {
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  CodeActionKind,
  type Diagnostic,
  type Position,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { join } from '#system/path.ts';
import { type Extraction, extractionsAt } from './extract.ts';
import type { Changes, Edit, Fix } from './fix.ts';
import { fixContext, surroundingsOf } from './fix-context.ts';
import { fixesFor, safeCodes } from './fixes.ts';
import { inlineVariable } from './inline-variable.ts';
import { pinAction, pinned } from './pin-digest.ts';
import { rewritesAt } from './rewrites.ts';
import { keepsProject } from './same-project.ts';
import { sortKeys, sortSectionAt } from './sort.ts';
import type { FeatureContext } from '../context.ts';
import { addMissing, type EnvAction, examplePath, removeLine, updateExample } from '../env/env-actions.ts';
import { missingNames } from '../env/env-problems.ts';
import { usersOf } from '../env/env-users.ts';
import { source } from '../to-lsp/diagnostics.ts';
import { toRange } from '../to-lsp/ranges.ts';
import { fileUri } from '../to-lsp/uri.ts';
import type { SourceFile } from '../workspace/files.ts';
import { variableAt, variablesFor } from '../workspace/variables.ts';
import { diagnosticsOf } from '../diagnostics/diagnostics-of.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { wording } from '../words/words.ts';

import { fixAll, sort } from './kinds.ts';

/** Fixes for diagnostics, all the safe ones of a file at once, the comment that switches a remark off, and other forms of what is written. */
export async function composeActions(
  context: FeatureContext,
  file: SourceFile,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const { only, diagnostics } = params.context;
  const wants = wantedKinds(only);
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const diagnostic of diagnostics) {
      if (diagnostic.source !== source) continue;
      actions.push(...(await quickFixes(context, file, diagnostic)));
    }
  }
  if (wants(CodeActionKind.RefactorRewrite)) {
    for (const { title, edit } of rewritesAt(file, file.document.offsetAt(params.range.start))) {
      if (token.isCancellationRequested) return actions;
      if (!(await keepsProject(context, file, { edits: [edit] }))) continue;
      actions.push({
        title: formatPhrase(title, context.words),
        kind: CodeActionKind.RefactorRewrite,
        edit: await workspaceEdit(context, file, { edits: [edit] }),
      });
    }
    actions.push(...pinAction(context, file, file.document.offsetAt(params.range.start)));
    const section = sortSectionAt(file, file.document.offsetAt(params.range.start));
    if (section !== undefined && (await keepsProject(context, file, section)))
      actions.push({
        title: formatPhrase(section.title, context.words),
        kind: CodeActionKind.RefactorRewrite,
        edit: await workspaceEdit(context, file, section),
      });
  }
  for (const extraction of await extractions(context, file, params.range.start)) {
    if (token.isCancellationRequested) return actions;
    const kind = kinds[extraction.kind];
    // A secret is another way for a value to reach the container.
    const promised = extraction.create === undefined ? 'same' : 'loads';
    if (wants(kind) && (await keepsProject(context, file, extraction, promised)))
      actions.push({
        title: formatPhrase(extraction.title, context.words),
        kind,
        edit: await workspaceEdit(context, file, extraction),
      });
  }
  if (only !== undefined && wants(sort)) {
    const edit = sortKeys(file, await context.configs.dclint(file.path));
    if (edit !== undefined)
      actions.push({
        title: formatPhrase(wording('sort.keys'), context.words),
        kind: sort,
        edit: await workspaceEdit(context, file, { edits: [edit] }),
      });
  }
  if (only !== undefined && wants(fixAll)) actions.push(...(await fixAllAction(context, file)));
  return actions;
}

/** An action as it is when it is chosen. Rejects with what a person is told. */
export async function resolvedAction(context: FeatureContext, action: CodeAction): Promise<CodeAction> {
  return pinned(context, action);
}

const kinds = { extract: CodeActionKind.RefactorExtract, inline: CodeActionKind.RefactorInline } as const;

/** Without those for which a name in another file is taken. */
async function extractions(
  context: FeatureContext,
  file: SourceFile,
  position: Position,
): Promise<readonly Extraction[]> {
  const offset = file.document.offsetAt(position);
  const found = extractionsAt(file, offset, await surroundingsOf(context, file));
  const free: Extraction[] = [];
  const use = variableAt(file, offset);
  if (use !== undefined) {
    const variables = await variablesFor(context.projects, file);
    const inlined = inlineVariable(file, use, variables?.variable(use.name));
    if (inlined !== undefined) free.push({ ...inlined, kind: 'inline' });
  }
  for (const extraction of found) {
    const { append, create } = extraction;
    const [name = ''] = append?.line.split('=') ?? [];
    const other = append === undefined ? undefined : await context.workspace.file(append.path);
    const isTaken = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*[=:]`, 'm').test(other?.text ?? '');
    const isThere = create !== undefined && (await context.workspace.file(create.path)) !== undefined;
    if (!(append !== undefined && isTaken) && !isThere) free.push(extraction);
  }
  return free;
}

async function quickFixes(
  context: FeatureContext,
  file: SourceFile,
  diagnostic: Diagnostic,
): Promise<CodeAction[]> {
  const fixes = [
    ...fixesFor(await fixContext(context, file, diagnostic)),
    ...(diagnostic.code === 'unset-variable' ? await setAllInEnv(context, file) : []),
  ];
  const actions: CodeAction[] = [];
  for (const fix of fixes) {
    if (fix.append !== undefined && !(await keepsProject(context, file, fix))) continue;
    actions.push({
      title: formatPhrase(fix.title, context.words),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(fix.preferred === true ? { isPreferred: true } : {}),
      edit: await workspaceEdit(context, file, fix),
    });
  }
  if ((diagnostic.severity ?? 1) > 1) {
    actions.push({
      title: formatPhrase(wording('fix.ignore', { code: String(diagnostic.code) }), context.words),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: await workspaceEdit(context, file, suppression(file, diagnostic)),
    });
  }
  return actions;
}

/** Of several variables that are not set, a line each in `.env`. */
async function setAllInEnv(context: FeatureContext, file: SourceFile): Promise<Fix[]> {
  const problems = await context.diagnoser.complete(file);
  const unset = problems.flatMap(({ code, data }) => (code === 'unset-variable' ? [data?.variable] : []));
  const names = [...new Set(unset.filter((name) => typeof name === 'string'))];
  if (names.length < 2) return [];
  const { directory } = await surroundingsOf(context, file);
  return [
    {
      title: wording('fix.add-all-to-env', { count: names.length }),
      append: { path: join(directory, '.env'), line: names.map((name) => `${name}=`).join('\n') },
    },
  ];
}

/** Every fix that cannot change what the project means, as one edit. */
async function fixAllAction(context: FeatureContext, file: SourceFile): Promise<CodeAction[]> {
  const problems = await context.diagnoser.complete(file);
  const edits: Edit[] = [];
  for (const diagnostic of await diagnosticsOf(context, file, problems)) {
    if (!safeCodes.has(String(diagnostic.code))) continue;
    const [fix] = fixesFor(await fixContext(context, file, diagnostic));
    for (const edit of fix?.edits ?? []) {
      if (edits.every((other) => edit.end <= other.start || other.end <= edit.start)) edits.push(edit);
    }
  }
  if (edits.length === 0) return [];
  const title = formatPhrase(wording('fix.all'), context.words);
  return [{ title, kind: fixAll, edit: await workspaceEdit(context, file, { edits }) }];
}

function suppression(file: SourceFile, diagnostic: Diagnostic): Changes {
  const { line } = diagnostic.range.start;
  const start = file.document.offsetAt({ line, character: 0 });
  const text = file.text.slice(start, file.document.offsetAt({ line: line + 1, character: 0 }));
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  const newText = `${indent}# compose-ignore ${String(diagnostic.code)}${text.endsWith('\r\n') ? '\r\n' : '\n'}`;
  return { edits: [{ start, end: start, newText }] };
}

/** Whether actions of a kind are asked for: by `only` of the request, which names kinds with all below them. */
function wantedKinds(only: readonly string[] | undefined): (kind: string) => boolean {
  return (kind) => only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
}

/** What can be done in an env file: the names that are missing, lines that do not count, the example beside it. */
export async function envActions(
  context: FeatureContext,
  file: SourceFile,
  { context: { only, diagnostics } }: CodeActionParams,
): Promise<CodeAction[]> {
  const wants = wantedKinds(only);
  const own = diagnostics.filter((diagnostic) => diagnostic.source === source);
  const found: [EnvAction, Diagnostic | undefined][] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const users = await usersOf(context, file.path, true);
    const names = missingNames(file, users);
    const about = own.find(({ code }) => code === 'missing-variable');
    if (names.length > 0) found.push([addMissing(file, names, users), about]);
    for (const diagnostic of own) {
      if (!removable.has(String(diagnostic.code))) continue;
      const removed = removeLine(file, file.document.offsetAt(diagnostic.range.start));
      if (removed !== undefined) found.push([removed, diagnostic]);
    }
  }
  if (wants(CodeActionKind.Source)) {
    const example = await context.workspace.file(examplePath(file.path), 'env');
    const updated = updateExample(file, example?.text);
    if (updated !== undefined) found.push([updated, undefined]);
  }
  return Promise.all(
    found.map(async ([action, diagnostic]) => ({
      title: formatPhrase(action.title, context.words),
      kind: action.kind,
      ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
      edit: await workspaceEdit(context, file, action),
    })),
  );
}

const removable: ReadonlySet<string> = new Set(['duplicate-variable', 'unused-variable']);

async function workspaceEdit(
  context: FeatureContext,
  file: SourceFile,
  fix: Changes,
): Promise<WorkspaceEdit> {
  const edits = (fix.edits ?? []).map((edit) => ({
    range: toRange(file.document, edit),
    newText: edit.newText,
  }));
  if (fix.create === undefined && fix.append === undefined) return { changes: { [file.uri]: edits } };
  const changes: WorkspaceEdit['documentChanges'] = [];
  const editOf = (uri: string, line: number, character: number, newText: string): TextDocumentEdit => ({
    textDocument: { uri, version: null },
    edits: [{ range: { start: { line, character }, end: { line, character } }, newText }],
  });
  if (fix.create !== undefined) {
    const uri = fileUri(fix.create.path);
    changes.push({ kind: 'create', uri, options: { ignoreIfExists: true } });
    if (fix.create.text !== '') changes.push(editOf(uri, 0, 0, fix.create.text));
  }
  if (fix.append !== undefined) {
    const uri = context.workspace.uriOf(fix.append.path);
    const other = await context.workspace.file(fix.append.path, 'env');
    if (other === undefined) changes.push({ kind: 'create', uri, options: { ignoreIfExists: true } });
    const end = other?.document.positionAt(other.text.length) ?? { line: 0, character: 0 };
    const lead = other === undefined || other.text === '' || other.text.endsWith('\n') ? '' : '\n';
    changes.push(editOf(uri, end.line, end.character, `${lead}${fix.append.line}\n`));
  }
  if (edits.length > 0) {
    changes.push({ textDocument: { uri: file.uri, version: file.document.version }, edits });
  }
  return { documentChanges: changes };
}

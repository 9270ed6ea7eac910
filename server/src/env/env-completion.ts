import { type CompletionItem, CompletionItemKind, type CompletionList } from 'vscode-languageserver';
import { basename } from '#system/path.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { FeatureContext } from '../context.ts';
import { toRange } from '../to-lsp/ranges.ts';
import { wording } from '../words/words.ts';
import type { SourceFile } from '../workspace/files.ts';
import { shownValue, variablesFor } from '../workspace/variables.ts';
import { lineOf, linesIn, namesSet } from './env-text.ts';
import { usersOf, wantedNames } from './env-users.ts';

/** At the beginning of a line the names that compose files use and the file does not set; in a value, after `${`, what may stand there. */
export async function completionInEnv(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
): Promise<CompletionList> {
  const lineStart = file.text.lastIndexOf('\n', offset - 1) + 1;
  const before = file.text.slice(lineStart, offset);
  const name = /^\s*(?:export\s+)?(\w*)$/.exec(before)?.[1];
  const items =
    name === undefined
      ? await namesInValue(context, file, offset, before)
      : await namesToSet(context, file, offset, name);
  return { isIncomplete: false, items };
}

async function namesToSet(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
  typed: string,
): Promise<CompletionItem[]> {
  const rest = /^\w*/.exec(file.text.slice(offset))?.[0] ?? '';
  const start = offset - typed.length;
  const end = offset + rest.length;
  const hasSign = /^[ \t]*[=:]/.test(file.text.slice(end));
  const set = new Set(
    linesIn(file)
      .lines.filter(({ keyStart }) => keyStart !== start)
      .map((line) => line.name),
  );
  const items = new Map<string, CompletionItem>();
  for (const user of await usersOf(context, file.path, false)) {
    if (user.interpolates === 'no') continue;
    for (const wanted of wantedNames(user)) {
      if (set.has(wanted.name) || items.has(wanted.name)) continue;
      const fallback = wanted.fallback ?? '';
      const value = /^[\w.:/@%+,-]*$/.test(fallback) ? fallback : '';
      items.set(wanted.name, {
        label: wanted.name,
        kind: CompletionItemKind.Variable,
        detail: formatPhrase(
          wording('completion.env-wanted', { file: basename(wanted.file.path) }),
          context.words,
        ),
        sortText: `${wanted.needed ? 1 : 2}${wanted.name}`,
        filterText: wanted.name,
        textEdit: {
          range: toRange(file.document, { start, end }),
          newText: hasSign ? wanted.name : `${wanted.name}=${value}`,
        },
      });
    }
  }
  return [...items.values()];
}

async function namesInValue(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
  before: string,
): Promise<CompletionItem[]> {
  const opened = /(?<!\$)(?:\$\$)*\$(\{?)(\w*)$/.exec(before);
  if (opened === null || /^\s*#/.test(before)) return [];
  if (opened[1] === '' && opened[2] === '') return [];
  const rest = /^\w*/.exec(file.text.slice(offset))?.[0] ?? '';
  const end = offset + rest.length;
  const start = offset - (opened[2] ?? '').length;
  const isClosed = opened[1] === '' || /^[}:?+-]/.test(file.text.slice(end));
  const names = new Map<string, string>();
  for (const name of namesSet(file)) {
    const line = lineOf(file, name);
    // What comes later in the file is not known yet.
    if (line === undefined || line.start > offset || (line.start <= offset && offset <= line.end)) continue;
    const from = { kind: 'file', path: file.path, span: { uri: file.uri, start: 0, end: 0 } } as const;
    names.set(name, shownValue(name, { value: line.value, from }));
  }
  for (const user of await usersOf(context, file.path, false)) {
    const [first] = user.files;
    if (first === undefined) continue;
    const variables = await variablesFor(context.projects, first);
    for (const name of ['HOME', 'USER', 'PWD', 'HOSTNAME', 'TZ']) {
      const variable = variables?.variable(name);
      if (variable !== undefined && !names.has(name)) names.set(name, shownValue(name, variable));
    }
  }
  return [...names].map(([name, value]) => ({
    label: name,
    kind: CompletionItemKind.Variable,
    detail: value,
    filterText: name,
    textEdit: {
      range: toRange(file.document, { start, end }),
      newText: isClosed ? name : `${name}}`,
    },
  }));
}

import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
} from 'vscode-languageserver';
import type { Path } from '#compose/values/path.ts';
import { cursorContext } from '#compose/syntax/cursor.ts';
import { isImagePlace } from './images.ts';
import { insertionOf, withoutPlaceholders } from './insertion.ts';
import { isProviderType } from './providers.ts';
import { suggest } from './suggest.ts';
import type { Suggestion } from './suggestion.ts';
import { tagSuggestions } from './tags.ts';
import { variableSuggestions } from './variables.ts';
import type { FeatureContext } from '../context.ts';
import { documentationOf } from '../to-lsp/documentation.ts';
import { toRange } from '../to-lsp/ranges.ts';
import type { SourceFile } from '../workspace/files.ts';
import { meantPath } from '../workspace/meant-path.ts';
import type { Words } from '../words/words.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';

/** Who typed this was no person, and nothing is to be completed there. */
const longestLine = 10_000;

/** What fits at an offset of a compose file. */
export async function complete(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
  token: CancellationToken,
): Promise<CompletionList> {
  if (offset - file.text.lastIndexOf('\n', offset - 1) > longestLine)
    return { isIncomplete: false, items: [] };
  const variables = await variableSuggestions(context, file, offset);
  if (variables !== undefined) {
    const items = variables.map(({ suggestion, start, end, text }) =>
      itemOf(context, file, suggestion, { start, end, text, filter: suggestion.label }),
    );
    return { isIncomplete: false, items };
  }
  const cursor = cursorContext(file.text, offset);
  if (cursor === undefined) return { isIncomplete: false, items: [] };
  const unit = file.derive(indentUnit);
  const items: CompletionItem[] = [];
  const suggestions = await suggest(context, file, cursor);
  const labels = new Set(suggestions.map(({ label }) => label));
  const { suggestions: tags, incomplete } =
    context.tags === undefined
      ? { suggestions: [], incomplete: false }
      : await tagSuggestions(context.tags, file, cursor, token);
  for (const suggestion of [...suggestions, ...tags.filter(({ label }) => !labels.has(label))]) {
    // A snippet is its placeholders: without them there is nothing to fill in.
    if ('snippet' in suggestion.as && !context.client.snippets) continue;
    const insertion = insertionOf(suggestion, cursor, unit);
    if (insertion !== undefined) items.push(itemOf(context, file, suggestion, insertion));
  }
  const place = meantPath(file, cursor.path);
  const more = cursor.word === '' && cursor.fits.scalar && (isImagePlace(place) || isProviderType(place));
  return { isIncomplete: incomplete || more, items };
}

function itemOf(
  context: FeatureContext,
  file: SourceFile,
  suggestion: Suggestion,
  insertion: { start: number; end: number; text: string; filter: string },
): CompletionItem {
  const snippet = context.client.snippets;
  const item: CompletionItem = {
    label: suggestion.label,
    kind: kinds[suggestion.kind],
    sortText: sortTextOf(suggestion),
    filterText: insertion.filter,
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Lines are indented where they belong already.
    insertTextMode: InsertTextMode.asIs,
    textEdit: {
      range: toRange(file.document, insertion),
      newText: snippet ? insertion.text : withoutPlaceholders(insertion.text),
    },
  };
  if (suggestion.detail !== undefined) item.detail = formatPhrase(suggestion.detail, context.words);
  if (suggestion.documentation !== undefined)
    item.documentation = { kind: 'markdown', value: `\`\`\`yaml\n${suggestion.documentation.yaml}\n\`\`\`` };
  if (suggestion.described !== undefined) item.data = { path: suggestion.described };
  if (suggestion.deprecated === true) item.tags = [CompletionItemTag.Deprecated];
  if (suggestion.again === true) item.command = { title: '', command: 'editor.action.triggerSuggest' };
  return item;
}

function sortTextOf({ rank = 5, order, label }: Suggestion): string {
  return order === undefined ? `${rank}${label}` : `${rank}${String(Math.round(order * 2)).padStart(4, '0')}`;
}

const kinds: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  attribute: CompletionItemKind.Property,
  enum: CompletionItemKind.EnumMember,
  service: CompletionItemKind.Class,
  name: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  variable: CompletionItemKind.Variable,
  anchor: CompletionItemKind.Reference,
  image: CompletionItemKind.Value,
  snippet: CompletionItemKind.Snippet,
};

/** How far the file's author indents. */
function indentUnit(file: SourceFile): number {
  const indented = /^( +)\S/m.exec(file.text.replace(/^ *#.*$/gm, ''));
  return Math.min(indented?.[1]?.length ?? 2, 8);
}

/** An item with what its attribute means. */
export function withDocumentation(item: CompletionItem, words: Words): CompletionItem {
  const path = pathIn(item.data);
  const documentation = path === undefined ? undefined : documentationOf(path, words);
  if (documentation === undefined) return item;
  return { ...item, documentation: { kind: 'markdown', value: documentation } };
}

function pathIn(data: unknown): Path | undefined {
  if (typeof data !== 'object' || data === null || !('path' in data) || !Array.isArray(data.path))
    return undefined;
  return data.path.filter((part) => typeof part === 'string' || typeof part === 'number');
}

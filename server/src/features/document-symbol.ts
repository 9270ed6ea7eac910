import {
  type DocumentSymbol,
  type ServerCapabilities,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import type { MapEntry, MapNode, Node } from '#compose/syntax/node.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { toRange } from '../to-lsp/ranges.ts';
import type { SourceFile } from '../workspace/files.ts';

/** The outline: sections, what they declare, and the attributes of each. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onDocumentSymbol((params, token) =>
    onDocument<DocumentSymbol[] | SymbolInformation[]>(
      context,
      'Outline',
      params.textDocument.uri,
      token,
      [],
      (file) => {
        const symbols = file.roots.flatMap((root) => sections(file, root));
        return context.client.hierarchicalSymbols ? symbols : flatten(symbols, file.uri);
      },
    ),
  );
  return { documentSymbolProvider: true };
}

const sectionKinds: Readonly<Record<string, SymbolKind>> = {
  services: SymbolKind.Class,
  networks: SymbolKind.Interface,
  volumes: SymbolKind.File,
  secrets: SymbolKind.Key,
  configs: SymbolKind.Constant,
  models: SymbolKind.Object,
};

function sections(file: SourceFile, root: Node): DocumentSymbol[] {
  if (root.kind !== 'map') return [];
  return root.entries.map((entry) => {
    const name = keyText(entry);
    const kind = sectionKinds[name];
    const children =
      kind !== undefined && entry.value.kind === 'map'
        ? entry.value.entries.map((declared) => declaration(file, declared, kind))
        : name === 'include'
          ? includes(file, entry.value)
          : attributes(file, entry.value);
    return symbol(file, entry, kind === undefined ? SymbolKind.Property : SymbolKind.Namespace, children);
  });
}

/** The files that are included, by their paths. */
function includes(file: SourceFile, node: Node): DocumentSymbol[] {
  if (node.kind === 'seq') return node.items.flatMap((item) => includes(file, item));
  if (node.kind === 'map') {
    const inner = valueIn(node, 'path');
    return inner === undefined ? [] : includes(file, inner);
  }
  const path = stringOf(node);
  if (path === undefined || path === '') return [];
  const range = toRange(file.document, node.span);
  return [{ name: path, kind: SymbolKind.Module, range, selectionRange: range }];
}

function declaration(file: SourceFile, entry: MapEntry, kind: SymbolKind): DocumentSymbol {
  const declared = symbol(file, entry, kind, attributes(file, entry.value));
  const detail = stringOf(valueIn(entry.value, 'image')) ?? stringOf(valueIn(entry.value, 'driver'));
  return detail === undefined ? declared : { ...declared, detail };
}

function attributes(file: SourceFile, node: Node): DocumentSymbol[] {
  if (node.kind !== 'map') return [];
  return (node as MapNode).entries.map((entry) => symbol(file, entry, SymbolKind.Property, []));
}

function symbol(
  file: SourceFile,
  entry: MapEntry,
  kind: SymbolKind,
  children: DocumentSymbol[],
): DocumentSymbol {
  const { key, value } = entry;
  const end = Math.max(key.span.end, trimmedEnd(file.text, key.span.end, value.span.end));
  const name = keyText(entry);
  return {
    // An empty name is an error in the protocol.
    name: name === '' ? '""' : name,
    kind,
    range: toRange(file.document, { start: key.span.start, end }),
    selectionRange: toRange(file.document, key.span),
    children,
  };
}

/** A block's end without the line breaks after it. */
function trimmedEnd(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function flatten(symbols: readonly DocumentSymbol[], uri: string, container?: string): SymbolInformation[] {
  return symbols.flatMap((symbol) => [
    {
      name: symbol.name,
      kind: symbol.kind,
      location: { uri, range: symbol.range },
      ...(container === undefined ? {} : { containerName: container }),
    },
    ...flatten(symbol.children ?? [], uri, symbol.name),
  ]);
}

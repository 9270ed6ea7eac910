import type {
  CompletionList,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  MarkupContent,
  Position,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { CompletionItemKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyTextEdits } from '../server/support/marked-text.ts';
import type { TestClient } from '../server/support/test-client.ts';

/** A recorded request. `/__TMP__` stands for a folder. */
export interface Row {
  readonly id: string;
  readonly feature: string;
  readonly uri: string;
  readonly content: string;
  readonly position?: Position;
  readonly newName?: string;
  readonly options?: object;
  readonly expected: unknown;
  readonly tree?: {
    readonly root: string;
    readonly entries: readonly { readonly path: string; readonly dir: boolean }[];
  };
  readonly files?: readonly { readonly uri: string; readonly content: string; readonly open: boolean }[];
}

/** What the two servers say, brought to the same form. */
export interface Verdict {
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly note: string;
}

export async function judge(client: TestClient, row: Row): Promise<Verdict> {
  await setUp(client, row);
  try {
    const verdict = await judges[row.feature]?.(client, row);
    if (verdict === undefined) throw new Error(`no judge for ${row.feature}`);
    return { ...verdict, note: `${row.feature} ${row.id}\n${row.content}` };
  } finally {
    for (const uri of [row.uri, ...(row.files ?? []).map((file) => file.uri)])
      await client.closeDocument(uri);
  }
}

async function setUp(client: TestClient, row: Row): Promise<void> {
  client.files.texts.clear();
  for (const { path, dir } of row.tree?.entries ?? []) {
    client.files.texts.set(`${row.tree?.root ?? ''}/${path}${dir ? '/.keep' : ''}`, '');
  }
  for (const file of row.files ?? []) {
    client.files.texts.set(new URL(file.uri).pathname, file.content);
  }
  // Their links lead to files whether there are any; ours only to those that exist.
  if (row.feature === 'documentLink') {
    for (const { target = '' } of (row.expected ?? []) as readonly DocumentLink[]) {
      if (target.startsWith('file:')) client.files.texts.set(new URL(target).pathname, '');
    }
  }
  // What is on the disk changed without an event: the server must not remember.
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [...client.files.texts.keys()].map((path) => ({ uri: `file://${path}`, type: 2 })),
  });
  for (const file of row.files ?? []) if (file.open) await client.open(file.uri, file.content);
  await client.open(row.uri, row.content);
}

type Judged = Omit<Verdict, 'note'>;

function ask<T>(client: TestClient, method: string, row: Row, more: object = {}): Promise<T> {
  return client.request<T>(`textDocument/${method}`, {
    textDocument: { uri: row.uri },
    position: row.position,
    ...more,
  });
}

const judges: Readonly<Record<string, (client: TestClient, row: Row) => Promise<Judged>>> = {
  /** All of theirs must be among ours; where they suggest nothing, neither may we. */
  async completion(client, row) {
    const theirs = (row.expected as CompletionList | null)?.items ?? [];
    const { items } = await ask<CompletionList>(client, 'completion', row);
    /** Labels whose edit is plain text there: then ours must write the same. Snippets are written each server's own way. */
    const texts = new Set(
      theirs.flatMap((item) =>
        item.textEdit !== undefined && item.insertTextFormat !== 2 ? item.label : [],
      ),
    );
    const describe = (list: CompletionList['items']) =>
      list
        .map(({ label, textEdit }) =>
          texts.has(label) && textEdit !== undefined ? `${label} as ${textEdit.newText}` : label,
        )
        .sort();
    const labels = new Set(theirs.map((item) => item.label));
    // Our snippets stand beside the keys, some under the name of one; the reference has none.
    const isKey = ({ label, kind }: CompletionList['items'][number]) =>
      labels.has(label) && kind !== CompletionItemKind.Snippet;
    return {
      ours: describe(theirs.length === 0 ? items : items.filter(isKey)),
      theirs: describe(theirs),
    };
  },

  async definition(client, row) {
    const found = (await ask<Location[] | null>(client, 'definition', row)) ?? [];
    const theirs = [(row.expected ?? []) as (Location | LocationLink)[]].flat();
    return {
      ours: found.map(({ uri, range }) => place(uri, range)).sort(),
      theirs: theirs
        .map((each) =>
          'targetUri' in each
            ? place(each.targetUri, each.targetSelectionRange)
            : place(each.uri, each.range),
        )
        .sort(),
    };
  },

  async documentHighlight(client, row) {
    const found = (await ask<DocumentHighlight[] | null>(client, 'documentHighlight', row)) ?? [];
    const describe = (list: readonly DocumentHighlight[]) =>
      list.map(({ range, kind }) => `${rangeText(range)} ${kind}`).sort();
    return { ours: describe(found), theirs: describe((row.expected ?? []) as DocumentHighlight[]) };
  },

  async prepareRename(client, row) {
    const found = await ask<{ range: Range } | null>(client, 'prepareRename', row);
    return {
      ours: found === null ? null : rangeText(found.range),
      theirs: row.expected === null ? null : rangeText(row.expected as Range),
    };
  },

  async rename(client, row) {
    const found = await ask<WorkspaceEdit | null>(client, 'rename', row, { newName: row.newName });
    const describe = (edit: WorkspaceEdit | null) =>
      Object.entries(edit?.changes ?? {})
        .flatMap(([uri, edits]) => edits.map(({ range, newText }) => `${place(uri, range)} ${newText}`))
        .sort();
    return { ours: describe(found), theirs: describe(row.expected as WorkspaceEdit | null) };
  },

  async documentLink(client, row) {
    const found = (await ask<DocumentLink[] | null>(client, 'documentLink', row)) ?? [];
    const describe = (list: readonly DocumentLink[]) =>
      list.map(({ range, target }) => `${rangeText(range)} ${target}`).sort();
    return { ours: describe(found), theirs: describe((row.expected ?? []) as DocumentLink[]) };
  },

  /** Theirs is a flat list of names; ours has them further down. */
  async documentSymbol(client, row) {
    const found = await ask<DocumentSymbol[]>(client, 'documentSymbol', row);
    const flat = (list: readonly DocumentSymbol[]): string[] =>
      list.flatMap((symbol) => [
        `${symbol.name} ${rangeText(symbol.selectionRange)}`,
        ...flat(symbol.children ?? []),
      ]);
    const theirs = flat((row.expected ?? []) as DocumentSymbol[]);
    return { ours: flat(found).filter((symbol) => theirs.includes(symbol)), theirs };
  },

  async formatting(client, row) {
    const document = TextDocument.create(row.uri, 'yaml', 0, row.content);
    const apply = (edits: readonly TextEdit[]) => applyTextEdits(row.content, document, edits);
    const options = { tabSize: 2, insertSpaces: true, ...row.options };
    const edits = await ask<TextEdit[]>(client, 'formatting', row, { options });
    // Line breaks around a text are nobody's concern.
    return { ours: apply(edits).trim(), theirs: apply((row.expected ?? []) as TextEdit[]).trim() };
  },

  /** The excerpt must be the same; of a description its first sentence. */
  async hover(client, row) {
    const found = await ask<Hover | null>(client, 'hover', row);
    const ours = found === null ? null : (found.contents as MarkupContent).value.replace(/\\/g, '');
    const theirs = row.expected === null ? null : ((row.expected as Hover).contents as MarkupContent).value;
    if (ours === null || theirs === null) return { ours, theirs };
    if (theirs.startsWith('```'))
      return { ours: ours.slice(ours.indexOf('```')).toLowerCase(), theirs: theirs.toLowerCase() };
    const sentence = theirs.split('\n')[0] ?? '';
    return { ours: ours.includes(sentence) ? sentence : ours, theirs: sentence };
  },

  async inlayHint(client, row) {
    const found = await ask<InlayHint[]>(client, 'inlayHint', row, {
      range: { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } },
    });
    const describe = (list: readonly InlayHint[]) =>
      list.map(({ position, label }) => `${position.line}:${position.character} ${String(label)}`).sort();
    return { ours: describe(found ?? []), theirs: describe((row.expected ?? []) as InlayHint[]) };
  },

  /** That there is an error on the line. */
  async diagnostics(client, row) {
    const lines = (list: readonly Diagnostic[]) =>
      [...new Set(list.filter(({ severity }) => severity === 1).map(({ range }) => range.start.line))].sort();
    return { ours: lines(await client.diagnostics(row.uri)), theirs: lines(row.expected as Diagnostic[]) };
  },
};

function place(uri: string, range: Range): string {
  return `${uri} ${rangeText(range)}`;
}

function rangeText({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

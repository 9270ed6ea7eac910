import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { toRange } from '../to-lsp/ranges.ts';
import { namedThingAt, placesInFile } from '../workspace/named-at.ts';
import { namesIn } from '../workspace/names.ts';

export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onDocumentHighlight((params, token) =>
    onDocument<DocumentHighlight[] | null>(
      context,
      'Highlights',
      params.textDocument.uri,
      token,
      null,
      (file) => {
        const thing = namedThingAt(file, file.document.offsetAt(params.position));
        if (thing === undefined) return null;
        return placesInFile(file, thing, namesIn(file)).map(({ span, role }) => ({
          range: toRange(file.document, span),
          kind: role === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      },
    ),
  );
  return { documentHighlightProvider: true };
}

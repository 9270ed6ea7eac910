import type {
  CancellationToken,
  FormattingOptions,
  ServerCapabilities,
  TextEdit,
} from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { toRange } from '../to-lsp/ranges.ts';
import type { SourceFile } from '../workspace/files.ts';
import { format, formatRange } from '../yaml/format.ts';

export function register(context: FeatureContext): Partial<ServerCapabilities> {
  const { connection } = context;
  const run = async (file: SourceFile, options: FormattingOptions, token: CancellationToken) =>
    context.settings.format.enable
      ? await format(context.yaml, file.parsed, options, () => token.isCancellationRequested)
      : [];
  connection.onDocumentFormatting((params, token) =>
    onDocument<TextEdit[]>(context, 'Formatting', params.textDocument.uri, token, [], async (file) => {
      const edits = await run(file, params.options, token);
      return edits.map((edit) => ({ range: toRange(file.document, edit), newText: edit.newText }));
    }),
  );
  connection.onDocumentRangeFormatting((params, token) =>
    onDocument<TextEdit[]>(context, 'Range formatting', params.textDocument.uri, token, [], async (file) => {
      const edits = formatRange(await run(file, params.options, token), file.document, params.range);
      return edits.map((edit) => ({ range: toRange(file.document, edit), newText: edit.newText }));
    }),
  );
  connection.onDocumentOnTypeFormatting((params, token) =>
    onDocument<TextEdit[]>(context, 'Formatting while typing', params.textDocument.uri, token, [], (file) =>
      context.yaml.onType(file, params.position.line, params.position.character, params.options),
    ),
  );
  if (!context.yaml.formats) return {};
  return {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
  };
}

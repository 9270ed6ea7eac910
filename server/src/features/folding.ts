import type { FoldingRange, ServerCapabilities } from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';

export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onFoldingRanges((params, token) =>
    onDocument<FoldingRange[]>(context, 'Folding', params.textDocument.uri, token, [], (file) =>
      context.yaml.folding(file, context.client.foldingLimit),
    ),
  );
  return { foldingRangeProvider: true };
}

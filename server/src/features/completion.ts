import type { CompletionList, ServerCapabilities } from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { late } from '../load-late.ts';
import { runSafe } from '../run-safe.ts';

export function register(context: FeatureContext): Partial<ServerCapabilities> {
  const { connection } = context;
  const nothing: CompletionList = { isIncomplete: false, items: [] };
  connection.onCompletion((params, token) =>
    onDocument<CompletionList>(context, 'Completion', params.textDocument.uri, token, nothing, {
      async compose(file) {
        const { complete } = await late();
        return complete(context, file, file.document.offsetAt(params.position), token);
      },
      async env(file) {
        const { completionInEnv } = await late();
        return completionInEnv(context, file, file.document.offsetAt(params.position));
      },
    }),
  );
  connection.onCompletionResolve((item, token) =>
    runSafe(context.log, token, item, 'Completion details', async () =>
      (await late()).withDocumentation(item, context.words),
    ),
  );
  return {
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: [' ', ':', '-', '/', '$', '{', '*', '"', "'", '.'],
    },
  };
}

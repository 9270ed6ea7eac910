import {
  type CodeAction,
  CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { fixAll, sort } from '../actions/kinds.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { late } from '../load-late.ts';

export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onCodeAction((params, token) =>
    onDocument<CodeAction[]>(context, 'Code actions', params.textDocument.uri, token, [], {
      compose: async (file) => (await late()).composeActions(context, file, params, token),
      env: async (file) => (await late()).envActions(context, file, params),
    }),
  );
  context.connection.onCodeActionResolve(async (action) => {
    try {
      return await (await late()).resolvedAction(context, action);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return new ResponseError<void>(LSPErrorCodes.RequestFailed, message);
    }
  });
  return {
    codeActionProvider: {
      resolveProvider: true,
      codeActionKinds: [
        CodeActionKind.QuickFix,
        CodeActionKind.RefactorRewrite,
        CodeActionKind.RefactorExtract,
        CodeActionKind.RefactorInline,
        CodeActionKind.Source,
        fixAll,
        sort,
      ],
    },
  };
}

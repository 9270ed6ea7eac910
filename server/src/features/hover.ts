import type { Hover, ServerCapabilities } from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { late } from '../load-late.ts';

export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onHover((params, token) =>
    onDocument<Hover | null>(context, 'Hover', params.textDocument.uri, token, null, {
      compose: async (file) => (await late()).hoverInCompose(context, file, params.position),
      env: async (file) => (await late()).hoverInEnvFile(context, file, params.position),
    }),
  );
  return { hoverProvider: true };
}

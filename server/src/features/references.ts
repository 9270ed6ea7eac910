import type { Location, ServerCapabilities } from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { referencesInEnv } from '../env/env-places.ts';
import { toLocation } from '../to-lsp/ranges.ts';
import { namedThingAt, placesOf } from '../workspace/named-at.ts';

export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onReferences((params, token) =>
    onDocument<Location[] | null>(context, 'References', params.textDocument.uri, token, null, {
      env: (file) =>
        referencesInEnv(
          context,
          file,
          file.document.offsetAt(params.position),
          params.context.includeDeclaration,
        ),
      compose: async (file) => {
        const thing = namedThingAt(file, file.document.offsetAt(params.position));
        if (thing === undefined) return null;
        const places = await placesOf(context.workspace, context.projects, file, thing);
        return places
          .filter((place) => params.context.includeDeclaration || place.role === 'reference')
          .map((place) => toLocation(place.file.document, place.span));
      },
    }),
  );
  return { referencesProvider: true };
}

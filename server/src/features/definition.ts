import type { Location, ServerCapabilities } from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { toLocation } from '../convert/ranges.ts';
import { namedThingAt, placesOf } from '../workspace/named-at.ts';

/** Where the name under the cursor is declared: in several files, when they are merged. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onDefinition((params, token) =>
    onDocument<Location[] | null>(
      context,
      'Definition',
      params.textDocument.uri,
      token,
      null,
      async (file) => {
        const thing = namedThingAt(file, file.document.offsetAt(params.position));
        if (thing === undefined) return null;
        const places = await placesOf(context.workspace, context.projects, file, thing);
        return places
          .filter((place) => place.role === 'declaration')
          .map((place) => toLocation(place.file.document, place.span));
      },
    ),
  );
  return { definitionProvider: true };
}

import type { Location, ServerCapabilities } from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { definitionInEnv } from '../env/env-places.ts';
import { toLocation } from '../to-lsp/ranges.ts';
import type { SourceFile } from '../workspace/files.ts';
import { namedThingAt, placesOf } from '../workspace/named-at.ts';
import { variableAt, variablesFor } from '../workspace/variables.ts';

/** Where the name under the cursor is declared: in several files, when they are merged. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onDefinition((params, token) =>
    onDocument<Location[] | null>(context, 'Definition', params.textDocument.uri, token, null, {
      env: (file) => definitionInEnv(context, file, file.document.offsetAt(params.position)),
      compose: async (file) => {
        const variable = variableAt(file, file.document.offsetAt(params.position));
        if (variable !== undefined) return variableDefinition(context, file, variable.name);
        const thing = namedThingAt(file, file.document.offsetAt(params.position));
        if (thing === undefined) return null;
        const places = await placesOf(context.workspace, context.projects, file, thing);
        return places
          .filter((place) => place.role === 'declaration')
          .map((place) => toLocation(place.file.document, place.span));
      },
    }),
  );
  return { definitionProvider: true };
}

/** The line of the env file that sets a variable. */
async function variableDefinition(
  context: FeatureContext,
  file: SourceFile,
  name: string,
): Promise<Location[]> {
  const variable = (await variablesFor(context.projects, file))?.variable(name);
  if (variable?.from.kind !== 'file') return [];
  const source = await context.workspace.file(variable.from.path, 'env');
  return source === undefined ? [] : [toLocation(source.document, variable.from.span)];
}

import type { Location, ServerCapabilities } from 'vscode-languageserver';
import { type FeatureContext, onDocument } from '../context.ts';
import { definitionInEnv } from '../env/env-places.ts';
import type { RemoteAddress } from '#compose/load/remote-address.ts';
import { remoteAt } from '../hover/remote.ts';
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
        const remote = remoteAt(file, file.document.offsetAt(params.position));
        if (remote !== undefined) return fetchedDefinition(context, remote.address);
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

/** The start of what was fetched. */
async function fetchedDefinition(
  { projects, workspace }: FeatureContext,
  address: RemoteAddress,
): Promise<Location[]> {
  const found = await projects.remote?.locate(address);
  if (found?.kind !== 'here') return [];
  const start = { line: 0, character: 0 };
  return [{ uri: workspace.uriOf(found.path), range: { start, end: start } }];
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

import type { Location } from 'vscode-languageserver';
import type { FeatureContext } from '../context.ts';
import { toLocation } from '../to-lsp/ranges.ts';
import type { SourceFile } from '../workspace/files.ts';
import { placesOfVariable, type VariablePlace, type VariablePlaces } from '../workspace/variable-places.ts';
import { lineOf, linesIn, nameAtOffset, usesInValues } from './env-text.ts';
import { type EnvUser, usersOf, variablesOfFile } from './env-users.ts';

/** Every place that means the same variable as a name in an env file. */
export async function placesFromEnv(
  context: FeatureContext,
  file: SourceFile,
  name: string,
): Promise<VariablePlaces> {
  const here = placesHere(file, name);
  const known = new Set(here.map(identity));
  const places = [...here];
  const taken: VariablePlaces['isTaken'][] = [(other) => lineOf(file, other) !== undefined];
  let variable: VariablePlaces['variable'];
  for (const user of await usersOf(context, file.path, true)) {
    const seeing = user.files.find((of) => sees(user, of, file, name));
    if (seeing === undefined) continue;
    const found = await placesOfVariable(context.workspace, context.projects, seeing, name);
    variable ??= found.variable;
    taken.push(found.isTaken);
    for (const place of found.places) {
      if (known.has(identity(place))) continue;
      known.add(identity(place));
      places.push(place);
    }
  }
  return { variable, isTaken: (other) => taken.some((is) => is(other)), places };
}

/** Whether a compose file takes the variable from here, or would if nothing won over it. */
function sees(user: EnvUser, of: SourceFile, file: SourceFile, name: string): boolean {
  if (user.interpolates !== 'yes') return false;
  const from = variablesOfFile(user, of)?.variable(name)?.from;
  return from === undefined || from.kind !== 'file' || from.path === file.path;
}

function placesHere(file: SourceFile, name: string): readonly VariablePlace[] {
  const set = linesIn(file).lines.filter((line) => line.name === name);
  const used = usesInValues(file).filter((use) => use.name === name);
  return [
    ...set.map(
      ({ keyStart, keyEnd }): VariablePlace => ({
        file,
        span: { start: keyStart, end: keyEnd },
        role: 'declaration',
      }),
    ),
    ...used.map(({ start, end }): VariablePlace => ({ file, span: { start, end }, role: 'reference' })),
  ];
}

function identity({ file, span }: VariablePlace): string {
  return `${file.uri} ${span.start}`;
}

/** The lines that set the name at an offset. */
export async function definitionInEnv(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
): Promise<Location[] | null> {
  const at = nameAtOffset(file, offset);
  if (at === undefined) return null;
  const { places } = await placesFromEnv(context, file, at.name);
  const wanted = places.filter(({ role }) => role === 'declaration');
  return wanted.map((place) => toLocation(place.file.document, place.span));
}

export async function referencesInEnv(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
  includeDeclaration: boolean,
): Promise<Location[] | null> {
  const at = nameAtOffset(file, offset);
  if (at === undefined) return null;
  const { places } = await placesFromEnv(context, file, at.name);
  return places
    .filter(({ role }) => includeDeclaration || role === 'reference')
    .map((place) => toLocation(place.file.document, place.span));
}

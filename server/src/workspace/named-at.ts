import type { AnchorUse } from '#compose/syntax/anchors.ts';
import { anchorsOf } from '#compose/syntax/anchors.ts';
import type { SymbolUse } from '#compose/model/symbols.ts';
import type { Span } from '#compose/problem/span.ts';
import type { VariableUse } from '#compose/template/uses.ts';
import type { SourceFile } from './files.ts';
import { nameAt, namesOf } from './names.ts';
import type { Projects } from './projects.ts';
import { placesOfVariable } from './variable-places.ts';
import { variableUses } from './variables.ts';
import type { Workspace } from './workspace.ts';

/** Where a name is written, and what it does there. */
export interface Place {
  readonly file: SourceFile;
  readonly span: Pick<Span, 'start' | 'end'>;
  readonly role: 'declaration' | 'reference';
}

/** The name under a cursor: of a service, network, …, of an anchor, or of a variable. */
export type NamedThing =
  | { readonly kind: 'symbol'; readonly use: SymbolUse; readonly span: Span }
  | { readonly kind: 'anchor'; readonly use: AnchorUse; readonly span: Span }
  | { readonly kind: 'variable'; readonly use: VariableUse; readonly span: Span };

export function namedThingAt(file: SourceFile, offset: number): NamedThing | undefined {
  const anchor = file.derive(anchorUses).find(({ span }) => span.start - 1 <= offset && offset <= span.end);
  if (anchor !== undefined) return { kind: 'anchor', use: anchor, span: anchor.span };
  const variable = file
    .derive(variableUses)
    .find(({ span, whole }) => whole.start <= offset && offset <= span.end);
  if (variable !== undefined) return { kind: 'variable', use: variable, span: variable.span };
  const use = nameAt(file, offset);
  return use === undefined ? undefined : { kind: 'symbol', use, span: use.span };
}

/** Every place in the project where the same thing is named. Anchors live in one document of one file. */
export async function placesOf(
  workspace: Workspace,
  projects: Projects,
  file: SourceFile,
  thing: NamedThing,
): Promise<readonly Place[]> {
  if (thing.kind === 'anchor') return anchorPlaces(file, thing.use);
  if (thing.kind === 'variable')
    return (await placesOfVariable(workspace, projects, file, thing.use.name)).places;
  const names = await namesOf(workspace, await projects.of(file.path));
  return names
    .placesOf(file, thing.use)
    .map((place) => ({ file: place.file, span: place.use.span, role: place.use.role }));
}

/** The places in this file only: nothing is read. */
export function placesInFile(
  file: SourceFile,
  thing: NamedThing,
  uses: readonly SymbolUse[],
): readonly Place[] {
  if (thing.kind === 'anchor') return anchorPlaces(file, thing.use);
  if (thing.kind === 'variable')
    return file
      .derive(variableUses)
      .filter(({ name }) => name === thing.use.name)
      .map(({ span }) => ({ file, span, role: 'reference' }));
  const { kind, name, file: target } = thing.use;
  return uses
    .filter((use) => use.kind === kind && use.name === name && use.file === target)
    .map((use) => ({ file, span: use.span, role: use.role }));
}

export function anchorUses(file: SourceFile): readonly AnchorUse[] {
  return file.parsed.documents.flatMap((document) => anchorsOf(document));
}

function anchorPlaces(file: SourceFile, use: AnchorUse): Place[] {
  return file
    .derive(anchorUses)
    .filter((other) => other.name === use.name && other.node === use.node)
    .map(({ span, role }) => ({ file, span, role }));
}

import type { Diagnostic } from 'vscode-languageserver';
import type { FeatureContext } from '../context.ts';
import { fromRange } from '../to-lsp/ranges.ts';
import { directoryFor } from '../workspace/directories.ts';
import type { SourceFile } from '../workspace/files.ts';
import { namesOf } from '../workspace/names.ts';
import { variablesFor } from '../workspace/variables.ts';
import type { FixContext, Surroundings } from './fix.ts';

type Loads = Pick<FeatureContext, 'projects' | 'workspace'>;

/** What a fix of a diagnostic is made from. */
export async function fixContext(
  context: Loads,
  file: SourceFile,
  diagnostic: Diagnostic,
): Promise<FixContext> {
  const { projects, workspace } = context;
  const reference = await projects.of(file.path);
  const data: unknown = diagnostic.data;
  return {
    file,
    diagnostic,
    ...fromRange(file.document, diagnostic.range),
    data: typeof data === 'object' && data !== null ? { ...data } : {},
    names: await namesOf(workspace, reference),
    surroundings: await surroundingsOf(context, file),
  };
}

export async function surroundingsOf({ projects }: Loads, file: SourceFile): Promise<Surroundings> {
  const directory = directoryFor(file, await projects.of(file.path));
  const variables = await variablesFor(projects, file);
  return { directory, isSetOutside: (name) => variables?.variable(name)?.from.kind === 'environment' };
}

import { sameData } from '#compose/values/same-data.ts';
import type { LoadResult } from '#compose/load/request.ts';
import { phraseIdentity } from '#compose/problem/phrase.ts';
import type { FeatureContext } from '../context.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Changes, Edit } from './fix.ts';
import { recordOf } from '#compose/values/record.ts';

/** What a refactoring promises: `same`: the project is what it was; `loads`: nothing is refused that was not before. */
export type Promised = 'same' | 'loads';

/** Whether a file's project keeps the promise once the changes are made: it is loaded with them, and compared. */
export async function keepsProject(
  { projects, workspace }: Pick<FeatureContext, 'projects' | 'workspace'>,
  file: SourceFile,
  changes: Changes,
  promised: Promised = 'same',
): Promise<boolean> {
  const reference = await projects.of(file.path);
  const { result: before } = await projects.load(reference);
  const texts = new Map([[file.path, withEdits(file.text, changes.edits ?? [])]]);
  const { create, append } = changes;
  if (create !== undefined) texts.set(create.path, create.text);
  if (append !== undefined) {
    const text = (await workspace.file(append.path))?.text ?? '';
    const lead = text === '' || text.endsWith('\n') ? '' : '\n';
    texts.set(append.path, `${text}${lead}${append.line}\n`);
  }
  const after = await projects.loadWith(reference, texts);
  if (promised === 'loads') {
    const known = new Set(errorsOf(before));
    return errorsOf(after).every((error) => known.has(error));
  }
  const project = meaningOf(before);
  return (
    project !== undefined &&
    sameData(project, meaningOf(after)) &&
    sameData(errorsOf(before), errorsOf(after))
  );
}

/** What `x-…` at the top say means nothing by itself. */
function meaningOf({ loaded, partial }: LoadResult): Readonly<Record<string, unknown>> | undefined {
  const project = (loaded ?? partial)?.project;
  if (project === undefined) return undefined;
  return recordOf(Object.entries(project).filter(([key]) => !key.startsWith('x-')));
}

function errorsOf({ problems }: LoadResult): readonly string[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${phraseIdentity(message)}`)
    .sort();
}

/** Of edits at the same place, the first comes first. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { start, end, newText } of [...edits]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .reverse())
    result = result.slice(0, start) + newText + result.slice(end);
  return result;
}

import { lint } from '#compose/check/lint/lint.ts';
import { unusedAnchors } from '#compose/check/unused.ts';
import type { Problem } from '#compose/problem.ts';
import { validateSchema } from '#compose/schema/validate.ts';
import { anchorsOf } from '#compose/syntax/anchors.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import type { SourceFile } from './files.ts';

/** What a file's own text shows to be wrong. */
export function fileProblems(file: SourceFile): readonly Problem[] {
  const syntax = file.parsed.problems;
  const problems: Problem[] = [...syntax];
  for (const document of file.parsed.documents) {
    const { root } = document;
    if (root === undefined) continue;
    const resolved = resolveDocument(document);
    // What is missing here may be in another file of the project: only the whole can say.
    problems.push(
      ...resolved.problems,
      ...validateSchema(resolved.root ?? root, { interpolated: true, syntax }).filter(
        ({ code }) => code !== 'schema-required',
      ),
      ...lint(root),
      ...unusedAnchors(anchorsOf(document)),
    );
  }
  return problems;
}

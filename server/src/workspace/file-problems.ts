import { lint, lintPractice } from '#compose/check/lint/lint.ts';
import { unusedAnchors } from '#compose/check/unused.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { validateSchema } from '#compose/schema/validate.ts';
import { anchorsOf } from '#compose/syntax/anchors.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { mistakesIn } from './certain.ts';
import type { SourceFile } from './files.ts';

/** What a file's own text shows to be wrong, but for `practiceRemarks`. */
export function fileProblems(file: SourceFile): readonly Problem[] {
  const syntax = file.parsed.problems;
  const problems: Problem[] = [];
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
  return [...syntax, ...withoutEchoes(problems, file)];
}

/** What could be better for production: what somebody who asks for it wants to hear. */
export function practiceRemarks(file: SourceFile): readonly Problem[] {
  return withoutEchoes(file.roots.flatMap(lintPractice), file);
}

/** A line that cannot be read says nothing else, nor does what has its only content there lack a value. */
function withoutEchoes(problems: readonly Problem[], file: SourceFile): readonly Problem[] {
  const mistakes = mistakesIn(file);
  if (mistakes.length === 0) return problems;
  const { text, document } = file;
  const lineOf = (offset: number) => document.positionAt(offset).line;
  const lines = new Set(mistakes.map(({ span }) => lineOf(span.start)));
  return problems.filter(({ code, span }) => {
    if (lines.has(lineOf(span.start))) return false;
    const next = contentAfterLine(text, span.end);
    return code !== 'schema-type' || next === undefined || !lines.has(lineOf(next));
  });
}

/** Where the first line below an offset that says something does so. */
function contentAfterLine(text: string, offset: number): number | undefined {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return undefined;
  const visible = /\S/g;
  visible.lastIndex = newline;
  return visible.exec(text)?.index;
}

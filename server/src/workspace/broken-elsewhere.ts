import { basename, resolve } from '#system/path.ts';
import { fileReferencesIn } from '#compose/model/file-references.ts';
import { phrase } from '#compose/problem/phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';
import type { Span } from '#compose/problem/span.ts';
import { pathOf } from '../to-lsp/uri.ts';
import { directoryFor } from './directories.ts';
import type { SourceFile } from './files.ts';
import type { LoadedReference } from './projects.ts';
import { variableUses } from './variables.ts';
import type { Workspace } from './workspace.ts';

/**
 * Files of the project that Docker Compose refuses, each said where this file uses it: at its path, at the variables if it is where they come
 * from, else at the beginning.
 */
export async function brokenElsewhere(
  file: SourceFile,
  { reference, result }: LoadedReference,
  workspace: Workspace,
): Promise<readonly Problem[]> {
  // Whether a variant goes on top of its base nobody knows, and a fragment does not use what includes it.
  const isWhole = reference.kind !== 'variant' && reference.request.files?.includes(file.path) === true;
  const first = new Map<string, Problem>();
  for (const problem of result.problems) {
    const { uri } = problem.span;
    if (problem.severity === 'error' && uri !== file.uri && !first.has(uri)) first.set(uri, problem);
  }
  const found: Problem[] = [];
  for (const [uri, problem] of first) {
    const path = pathOf(uri);
    const span =
      (await useOf(path, file, directoryFor(file, reference), workspace, new Set())) ??
      (isWhole ? start(file, /\.ya?ml$/.test(path)) : undefined);
    if (span === undefined) continue;
    // Known from now on, so that the place in it can be shown.
    await workspace.file(path, /\.ya?ml$/.test(path) ? 'compose' : 'env');
    found.push({
      code: 'broken-file',
      message: phrase('broken-file', { file: basename(path), reason: problem.message }),
      severity: 'error',
      span,
      related: [{ span: problem.span, message: problem.message }],
    });
  }
  return found;
}

/** Where a file names a path, or a Compose file that leads to it. */
async function useOf(
  target: string,
  file: SourceFile,
  directory: string,
  workspace: Workspace,
  seen: Set<string>,
): Promise<Span | undefined> {
  seen.add(file.path);
  const references = file.roots.flatMap((root) => fileReferencesIn(root));
  const pathsOf = references.map((each) => ({
    ...each,
    target: resolve(directory, each.under ?? '.', each.text),
  }));
  const direct = pathsOf.find((each) => each.target === target);
  if (direct !== undefined) return direct.span;
  for (const { kind, span, target: path } of pathsOf) {
    if (kind !== 'compose' || seen.has(path)) continue;
    const other = await workspace.file(path);
    if (other === undefined) continue;
    if ((await useOf(target, other, resolve(path, '..'), workspace, seen)) !== undefined) return span;
  }
  return undefined;
}

function start(file: SourceFile, isCompose: boolean): Span | undefined {
  const [use] = isCompose ? [] : file.derive(variableUses);
  if (use !== undefined) return use.whole;
  const [root] = file.roots;
  return root?.kind === 'map' ? root.entries[0]?.key.span : undefined;
}

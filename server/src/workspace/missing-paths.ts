import { resolve } from '#system/path.ts';
import type { FileSystem, PathKind } from '#compose/load/host.ts';
import { type FileReference, fileReferencesIn } from '#compose/model/file-references.ts';
import { type Phrase, phrase } from '#compose/problem/phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import { formatPath } from '#compose/values/path.ts';
import type { SourceFile } from './files.ts';

/** What is at a path: the disk as the user sees it. */
type Stat = FileSystem['stat'];

/** Files and folders that a file needs when its project is built or run, and that are not there. What loading needs it reports itself. */
export async function missingPaths(
  file: SourceFile,
  directory: string,
  stat: Stat,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const root of file.roots) {
    for (const reference of fileReferencesIn(root)) {
      const problem = await missing(root, reference, directory, stat);
      if (problem !== undefined) problems.push(problem);
    }
  }
  return problems;
}

async function missing(
  root: Node,
  reference: FileReference,
  directory: string,
  stat: Stat,
): Promise<Problem | undefined> {
  const { kind, text, path } = reference;
  if (text.startsWith('~')) return undefined;
  const target = resolve(directory, reference.under ?? '.', text);
  switch (kind) {
    case 'dockerfile':
      return dockerfileProblem(reference, await stat(target), phrase('missing-dockerfile', { text }), target);
    case 'context': {
      if (path[0] !== 'services') return undefined;
      const found = await stat(target);
      if (found === 'missing') {
        return problemOf(reference, 'missing-build-context', phrase('missing-build-context', { text }));
      }
      if (found !== 'directory' || namesDockerfile(root, reference)) return undefined;
      const dockerfile = resolve(target, 'Dockerfile');
      const message = phrase('missing-dockerfile.in', { text });
      return dockerfileProblem(reference, await stat(dockerfile), message, dockerfile);
    }
    case 'file':
      if (path.includes('label_file') || (await stat(target)) !== 'missing') return undefined;
      return problemOf(reference, 'missing-file', phrase('missing-file', { text }), target);
    default:
      return undefined;
  }
}

/** A Dockerfile has to be a file: a pipe or device is never read. */
function dockerfileProblem(
  reference: FileReference,
  found: PathKind,
  missing: Phrase,
  path: string,
): Problem | undefined {
  if (found === 'missing') return problemOf(reference, 'missing-dockerfile', missing, path);
  if (found !== 'other') return undefined;
  return problemOf(
    reference,
    'file-unreadable',
    phrase('file-unreadable', { path, reason: phrase('file-unreadable.no-file') }),
  );
}

function namesDockerfile(root: Node, { path }: FileReference): boolean {
  const build = nodeAtPath(root, path.slice(0, 3));
  return valueIn(build, 'dockerfile') !== undefined || valueIn(build, 'dockerfile_inline') !== undefined;
}

function problemOf(reference: FileReference, code: string, message: Phrase, path?: string): Problem {
  return {
    code,
    message,
    severity: 'warning',
    span: reference.span,
    path: formatPath(reference.path),
    ...(path === undefined ? {} : { data: { path } }),
  };
}

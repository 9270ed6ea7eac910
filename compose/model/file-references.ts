import { type Path, PatternTable } from '../values/path.ts';
import { stringOf, valueIn } from '../syntax/edit.ts';
import { eachMatch } from '../syntax/matches.ts';
import type { Node, ScalarNode } from '../syntax/node.ts';
import type { Span } from '../problem/span.ts';
import { innerSpan } from './symbols.ts';

/** What a path leads to. */
export type FileKind = 'compose' | 'env' | 'file' | 'dockerfile' | 'context' | 'mount' | 'watched';

/** A path of the file system as a compose file writes it. */
export interface FileReference {
  readonly kind: FileKind;
  readonly text: string;
  /** The path alone, without quotes and without what follows it in a short form. */
  readonly span: Span;
  readonly path: Path;
  /** A directory that comes between the project's and the path: the build context of a Dockerfile. */
  readonly under?: string;
}

/** Where paths are written. Also what completion of paths goes by. */
export const fileRules: PatternTable<FileKind> = new PatternTable<FileKind>([
  ['include[]', 'compose'],
  ['include[].path', 'compose'],
  ['include[].path[]', 'compose'],
  ['include[].env_file', 'env'],
  ['include[].env_file[]', 'env'],
  ['include[].project_directory', 'context'],
  ['services.*.extends.file', 'compose'],
  ['services.*.env_file', 'env'],
  ['services.*.env_file[]', 'env'],
  ['services.*.env_file[].path', 'env'],
  ['services.*.label_file', 'file'],
  ['services.*.label_file[]', 'file'],
  ['services.*.build', 'context'],
  ['services.*.build.context', 'context'],
  ['services.*.build.dockerfile', 'dockerfile'],
  ['services.*.credential_spec.file', 'file'],
  ['services.*.volumes[]', 'mount'],
  ['services.*.volumes[].source', 'mount'],
  ['services.*.develop.watch[].path', 'watched'],
  ['configs.*.file', 'file'],
  ['secrets.*.file', 'file'],
]);

/** The paths that a document writes. Those with variables and remote ones are left out: what they lead to is not known. */
export function fileReferencesIn(root: Node): readonly FileReference[] {
  const references: FileReference[] = [];
  eachMatch(root, fileRules, ({ rule: kind, node, path, parent }) => {
    if (node.kind !== 'scalar') return;
    const text = pathIn(kind, node, path, parent);
    if (text === undefined || text === '' || text.includes('$') || isRemote(text)) return;
    const inner = innerSpan(node);
    const exact = inner.end - inner.start >= text.length;
    const under = kind === 'dockerfile' ? stringOf(valueIn(parent, 'context')) : undefined;
    references.push({
      kind,
      text,
      span: exact ? { ...inner, end: inner.start + text.length } : inner,
      path,
      ...(under === undefined ? {} : { under }),
    });
  });
  return references;
}

/** The path within a scalar: all of it but for mounts, which are paths only sometimes. */
function pathIn(kind: FileKind, node: ScalarNode, path: Path, parent: Node | undefined): string | undefined {
  const text = stringOf(node);
  if (text === undefined) return undefined;
  if (kind === 'dockerfile' && valueIn(parent, 'dockerfile_inline') !== undefined) return undefined;
  if (kind !== 'mount') return text;
  if (path.at(-1) === 'source') return stringOf(valueIn(parent, 'type')) === 'bind' ? text : undefined;
  return /^((?:[.~/]|[A-Za-z]:[\\/])[^:]*|[A-Za-z]:[\\/][^:]*):/.exec(text)?.[1];
}

/** A Git repository, an image, a URL: nothing on this disk. */
export function isRemote(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/|oci:|service:|docker-image:)/i.test(text);
}

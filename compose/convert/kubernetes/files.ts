import type { FileSystem, ReadResult } from '../../load/host.ts';
import type { Project } from '../../model/project.ts';
import type { Scope } from './scope.ts';

/** Not more files than this of one directory. */
const mostFiles = 50;

/** What the conversion has to know of the disk: files of secrets and configs, and what is bound, with the files of directories. */
export async function readFiles(project: Project, disk: FileSystem): Promise<Scope['files']> {
  const paths = new Set<string>();
  for (const { file } of [...Object.values(project.secrets ?? {}), ...Object.values(project.configs ?? {})]) {
    if (file !== undefined) paths.add(file);
  }
  for (const { volumes } of Object.values(project.services)) {
    for (const { type, source } of volumes ?? [])
      if (type === 'bind' && source !== undefined) paths.add(source);
  }
  const read = await Promise.all(
    [...paths].map(async (path) => [path, await contentOf(path, disk)] as const),
  );
  return new Map(read);
}

async function contentOf(
  path: string,
  disk: FileSystem,
): Promise<ReadResult | ReadonlyMap<string, ReadResult>> {
  if (path.endsWith('.sock')) return { kind: 'unreadable', reason: 'it is a socket' };
  if ((await disk.stat(path)) !== 'directory') return disk.read(path);
  const names = [...(await disk.list(path))].sort();
  if (names.length > mostFiles) return { kind: 'unreadable', reason: 'it has too many files' };
  const files = await Promise.all(
    names.map(async (name) => {
      const file = `${path}/${name}`;
      const isDirectory = (await disk.stat(file)) === 'directory';
      return [name, isDirectory ? notText : await disk.read(file)] as const;
    }),
  );
  return new Map(files);
}

const notText: ReadResult = { kind: 'unreadable', reason: 'it is a directory' };

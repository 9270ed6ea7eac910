import type { FileSystem, ReadResult } from '../../load/host.ts';
import { phrase } from '../../problem/phrase.ts';
import type { Project } from '../../model/project.ts';
import type { Scope } from './scope.ts';

/** Not more files than this of one directory, with those below it. */
const mostFiles = 50;
/** Folders below one another. */
const mostDepth = 4;

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
  if (path.endsWith('.sock')) return { kind: 'unreadable', reason: phrase('file-unreadable.socket') };
  if ((await disk.stat(path)) !== 'directory') return textOf(path, disk);
  return (await filesBelow(path, '', disk)) ?? notText;
}

/** Files of a folder and of those below it by their paths in it; `undefined` where there are too many of them, or folders too deep. */
async function filesBelow(
  folder: string,
  prefix: string,
  disk: FileSystem,
): Promise<ReadonlyMap<string, ReadResult> | undefined> {
  const names = [...(await disk.list(folder))].sort();
  if (names.length > mostFiles || prefix.split('/').length > mostDepth) return undefined;
  const files = new Map<string, ReadResult>();
  for (const name of names) {
    const path = `${folder}/${name}`;
    if ((await disk.stat(path)) !== 'directory') files.set(`${prefix}${name}`, await textOf(path, disk));
    else {
      const below = await filesBelow(path, `${prefix}${name}/`, disk);
      if (below === undefined) return undefined;
      for (const [at, file] of below) files.set(at, file);
    }
    if (files.size > mostFiles) return undefined;
  }
  return files;
}

/** What has bytes that are no text would be something else in a manifest. */
async function textOf(path: string, disk: FileSystem): Promise<ReadResult> {
  const read = await disk.read(path, 'content');
  return read.kind === 'text' && read.fault !== undefined ? notText : read;
}

const notText: ReadResult = { kind: 'unreadable', reason: phrase('file-unreadable.directory') };

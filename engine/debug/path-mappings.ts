import { basename, dirname, isAbsolute, join, posix, sep } from 'node:path';
import type { Service } from '#compose/model/project.ts';
import { recordOf } from '#compose/values/record.ts';
import type { Process } from './processes.ts';
import { scriptOf } from './processes.ts';
import { dockerfileCopies, relativeWithin } from './dockerfile-copies.ts';

/** The same files in two places: here, and in the container. */
export interface PathMapping {
  readonly localRoot: string;
  /** With `/`. */
  readonly remoteRoot: string;
  /** Why they are the same. */
  readonly by: 'bind' | 'watch' | 'copy' | 'stage' | 'guess';
}

export interface MappingSources {
  /** As the files have it; absent for a project without files here. */
  readonly service: Service | undefined;
  /** The text of its Dockerfile, where it is built and that could be read. */
  readonly dockerfile?: string | undefined;
  /** What the container itself has mounted, for what the files do not say. */
  readonly mounts: readonly {
    readonly type: string;
    readonly source: string;
    readonly destination: string;
  }[];
  /** The folder of the project. */
  readonly directory: string;
}

/**
 * Which folders here are which in the container: what is mounted is the same file; what is watched is kept the same; what was copied into the image was
 * the same when it was built. In the order in which they count: of paths within each other the inner first.
 */
export function pathMappings(sources: MappingSources): readonly PathMapping[] {
  const { service, dockerfile, mounts, directory } = sources;
  const found: PathMapping[] = [];
  const add = (localRoot: string, remoteRoot: string, by: PathMapping['by']) => {
    const remote = remoteRoot.replace(/(?<=.)\/+$/, '');
    if (!isAbsolute(localRoot) || !remote.startsWith('/')) return;
    if (!found.some((each) => each.remoteRoot === remote))
      found.push({ localRoot: trimmed(localRoot), remoteRoot: remote, by });
  };
  for (const { type, source, target } of service?.volumes ?? [])
    if (type === 'bind' && source !== undefined && target !== undefined) add(source, target, 'bind');
  if (service === undefined)
    for (const { type, source, destination } of mounts) if (type === 'bind') add(source, destination, 'bind');
  for (const { path, target, action } of service?.develop?.watch ?? [])
    if (action.startsWith('sync') && target !== undefined) add(path, target, 'watch');
  const build = service?.build;
  const text = build?.dockerfile_inline ?? dockerfile;
  if (build !== undefined && text !== undefined) {
    const context = build.context ?? directory;
    const { image, stages } = dockerfileCopies(text, {
      target: build.target,
      args: recordOf(
        Object.entries(build.args ?? {}).map(([name, value]) => [
          name,
          value === null ? null : String(value),
        ]),
      ),
    });
    // Of one path the last copy counts.
    for (const { from, to } of [...image].reverse())
      add(join(context, from.replaceAll('/', sep)), to, 'copy');
    for (const { from, to } of [...stages].reverse())
      add(join(context, from.replaceAll('/', sep)), to, 'stage');
  }
  return found.sort((a, b) => b.remoteRoot.length - a.remoteRoot.length);
}

/**
 * Debuggers map folders: of a single file that has the same name in both places, as `COPY server.js .` makes it, the folders that it is in. Another folder
 * that is said to be there stays. In the order in which they count.
 */
export function ofFolders(
  mappings: readonly PathMapping[],
  isFile: (path: string) => boolean,
): readonly PathMapping[] {
  const folders = mappings.filter(({ localRoot }) => !isFile(localRoot));
  const lifted = mappings
    .filter(
      ({ localRoot, remoteRoot }) => isFile(localRoot) && basename(localRoot) === posix.basename(remoteRoot),
    )
    .map((each) => ({
      ...each,
      localRoot: dirname(each.localRoot),
      remoteRoot: posix.dirname(each.remoteRoot),
    }));
  for (const each of lifted)
    if (!folders.some(({ remoteRoot }) => remoteRoot === each.remoteRoot)) folders.push(each);
  return folders.sort((a, b) => b.remoteRoot.length - a.remoteRoot.length);
}

/** Where nothing says which folders are the same: the project's for the one that the program runs in. */
export function guessedMapping(directory: string, { cwd }: Process): readonly PathMapping[] {
  return cwd === undefined ? [] : [{ localRoot: directory, remoteRoot: cwd, by: 'guess' }];
}

/** The one that the program itself is in, for debuggers that take one only. */
export function mainMapping(mappings: readonly PathMapping[], process: Process): PathMapping | undefined {
  const folders = [scriptOf(process) ?? '', process.exe ?? '', process.cwd ?? ''].map((path) =>
    path.startsWith('/') ? path : join(process.cwd ?? '/', path),
  );
  for (const path of folders) {
    const within = mappings.find(({ remoteRoot }) => relativeWithin(remoteRoot, path) !== undefined);
    if (within !== undefined) return within;
  }
  return mappings[0];
}

/** Where the program's own file is here: the first that runs. `undefined`: it is not known, or not of a folder that is here. */
export function localScript(mappings: readonly PathMapping[], process: Process): string | undefined {
  const script = scriptOf(process);
  if (script === undefined) return undefined;
  const path = posix.resolve(process.cwd ?? '/', script);
  for (const { localRoot, remoteRoot } of mappings) {
    const within = relativeWithin(remoteRoot, path);
    if (within !== undefined) return join(localRoot, within);
  }
  return undefined;
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/[/\\]+$/, '') : path;
}

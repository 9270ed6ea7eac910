import { join, resolve } from '#system/path.ts';
import { systemPath } from '#compose/load/system-path.ts';
import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { stringOf, valueIn } from '#compose/syntax/edit.ts';
import { dockerfileOf, workingDirectoryOf } from '../workspace/dockerfile.ts';
import type { SourceFile } from '../workspace/files.ts';
import { namesIn } from '../workspace/names.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type ImageMounts, imageMounts } from './image-mounts.ts';
import type { Suggestion } from './suggestion.ts';

/** As files name them, and containers. */
const paths = systemPath('posix');

/** Folders that are looked through for what an image is given. */
const mostFolders = 6;

/**
 * Whole mounts in the short form, by the service's image and by what lies beside the file: a volume for its data, files that it is commonly given. Behind a
 * source and its colon, the place in the container; for what is built, the place of the same name below its working directory.
 */
export async function mountSuggestions(
  file: SourceFile,
  cursor: CursorContext,
  directory: string,
  workspace: Workspace,
): Promise<Suggestion[]> {
  const [section, name, attribute, index, more] = cursor.path;
  if (section !== 'services' || attribute !== 'volumes' || typeof index !== 'number') return [];
  const service = file.roots.map((root) => nodeAtPath(root, ['services', name ?? ''])).find(Boolean);
  const mounts = imageMounts(stringOf(valueIn(service, 'image')));
  // `./html:` looks like a key until something follows.
  const isBare = typeof more === 'string' && cursor.path.length === 5 && cursor.word === '';
  if (cursor.path.length > 4 && !isBare) return [];
  const colon = cursor.word.indexOf(':');
  if (isBare || colon !== -1) {
    const source = isBare ? more : cursor.word.slice(0, colon);
    const from = isBare ? cursor.start : cursor.start + colon + 1;
    const behind = isBare ? source.indexOf(':') : cursor.word.indexOf(':', colon + 1);
    if (behind !== -1)
      return modes.map((mode, order) => ({
        label: mode,
        as: { raw: mode },
        kind: 'enum',
        rank: 1,
        order,
        from: isBare ? cursor.start : cursor.start + cursor.word.lastIndexOf(':') + 1,
      }));
    if (source.includes('$')) return [];
    const build = valueIn(service, 'build');
    const context = stringOf(build) ?? stringOf(valueIn(build, 'context')) ?? '.';
    const built =
      build === undefined ? undefined : await builtTarget(workspace, directory, build, context, source);
    const targets = [...(built === undefined ? [] : [built]), ...targetsOf(mounts, source)];
    return [...new Set(targets)].map((target, order) => ({
      label: target,
      as: { raw: target },
      kind: 'folder',
      rank: 1,
      order,
      from,
    }));
  }
  if (mounts === undefined || cursor.quote !== '') return [];
  const found: string[] = [];
  const written = cursor.items.join('\n');
  if (mounts.data !== undefined && !written.includes(`:${mounts.data}`))
    found.push(`${volumeName(file, String(name))}:${mounts.data}`);
  for (const source of await filesFor(mounts, workspace, directory, String(name))) {
    const [target] = targetsOf(mounts, source);
    if (target !== undefined && !written.includes(`${source}:`)) found.push(`${source}:${target}`);
  }
  return found.map((mount, order) => ({
    label: mount,
    as: { raw: mount },
    kind: mount.startsWith('.') ? 'folder' : 'name',
    rank: 0,
    order,
  }));
}

/** How a mount in the short form may be used. */
const modes = ['ro', 'rw', 'z', 'Z', 'nocopy'];

/** Where a source is commonly mounted, the likeliest first. */
function targetsOf(mounts: ImageMounts | undefined, source: string): readonly string[] {
  if (mounts === undefined) return [];
  if (!/^[.~/]/.test(source)) return mounts.data === undefined ? [] : [mounts.data];
  const name = source.split('/').at(-1) ?? '';
  return mounts.given.filter(({ named }) => named.test(name)).map(({ target }) => `${target}:ro`);
}

/** The folder of the image that holds what a source below the build's context is copied to. */
async function builtTarget(
  workspace: Workspace,
  directory: string,
  build: NonNullable<Parameters<typeof dockerfileOf>[2]>,
  context: string,
  source: string,
): Promise<string | undefined> {
  if (!source.startsWith('.')) return undefined;
  const dockerfile = await dockerfileOf(workspace, directory, build);
  const work = dockerfile === undefined ? undefined : workingDirectoryOf(dockerfile);
  const below = paths.relative(paths.clean(context), paths.clean(source)) ?? '..';
  return work === undefined || below.startsWith('..') ? undefined : paths.join(work, below);
}

/** A volume that is there for it already, or one named after the service. */
function volumeName(file: SourceFile, service: string): string {
  const own = `${service}-data`;
  const uses = namesIn(file).filter(({ kind }) => kind === 'volume');
  const used = new Set(uses.flatMap(({ role, name }) => (role === 'reference' ? [name] : [])));
  const free = uses.filter(({ role, name }) => role === 'declaration' && !used.has(name));
  return (free.find(({ name }) => name.includes(service)) ?? free[0])?.name ?? own;
}

/** Paths beside the file that have the names of what an image is given. */
async function filesFor(
  mounts: ImageMounts,
  { files }: Workspace,
  directory: string,
  service: string,
): Promise<readonly string[]> {
  const isGiven = (name: string) => mounts.given.some(({ named }) => named.test(name));
  const found: string[] = [];
  const top = [...(await files.list(directory))].sort();
  const places = top.filter(
    (name) => name === service || /^(?:nginx|config|conf|docker|db|database)$/.test(name),
  );
  found.push(...top.filter((name) => isGiven(name) && !/^(?:docker-)?compose|^Dockerfile/.test(name)));
  for (const place of places.slice(0, mostFolders))
    for (const name of [...(await files.list(resolve(directory, place)))].sort())
      if (isGiven(name)) found.push(join(place, name).replaceAll('\\', '/'));
  return found.filter((path) => !path.includes(' ')).map((path) => `./${path}`);
}

import { basename, dirname, join } from '#system/path.ts';
import type { FileSystem } from '#compose/load/host.ts';
import { composeFileNames, overrideFileNames } from '#compose/load/discover.ts';

/** The files that a compose file is understood with. */
export interface FileSet {
  /** Absolute, in the order they are merged. */
  readonly files: readonly string[];
  /**
   * `base`: what Docker Compose itself finds in the directory. `variant`: a file such as `compose.prod.yaml` on top of its base.
   * `alone`: a file with a name of its own.
   */
  readonly kind: 'base' | 'variant' | 'alone';
}

const variantName = /^(?:docker-)?compose[.-](.+)\.ya?ml$/;

/** The set a file belongs to, judged by its name and its neighbours'. */
export async function fileSetOf(files: FileSystem, path: string): Promise<FileSet> {
  const directory = dirname(path);
  const name = basename(path);
  const names = new Set(await files.list(directory));
  names.add(name);
  if (composeFileNames.includes(name))
    return { files: [path, ...overrideIn(directory, names)], kind: 'base' };
  const base = composeFileNames.find((candidate) => names.has(candidate));
  if (base === undefined) return { files: [path], kind: 'alone' };
  if (overrideFileNames.includes(name)) return { files: [join(directory, base), path], kind: 'base' };
  if (variantName.test(name)) return { files: [join(directory, base), path], kind: 'variant' };
  return { files: [path], kind: 'alone' };
}

function overrideIn(directory: string, names: ReadonlySet<string>): string[] {
  const override = overrideFileNames.find((candidate) => names.has(candidate));
  return override === undefined ? [] : [join(directory, override)];
}

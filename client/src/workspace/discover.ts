import { basename, dirname, join } from 'node:path';

/** A project of the workspace, by its files: what `docker compose` would be told to work on. */
export interface ProjectReference {
  /** Stable for as long as its files keep their names. */
  readonly id: string;
  readonly directory: string;
  /** `-f`, absolute. Empty: what Docker Compose itself finds in `directory`. */
  readonly files: readonly string[];
  /** The file to open for it, absolute. */
  readonly mainFile: string;
  /** What the user chose besides; see `EnvironmentChoice`. */
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly projectName?: string;
  /** The name of what was chosen: `prod`. */
  readonly environment?: string;
}

/** What Docker Compose looks for, in its order. */
const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];
const composeName = /^(?:docker-)?compose(?:[.-].+)?\.ya?ml$/i;
const variantName = /^(?:docker-)?compose[.-].+\.ya?ml$/i;

/** What to look for, as a glob. */
export const composeGlob = '**/{compose,docker-compose}*.{yml,yaml}';

/** The projects that these files make up, by path. A directory with a base file is one project, whatever lies beside it; else each file is one. */
export function discover(paths: readonly string[]): readonly ProjectReference[] {
  const directories = new Map<string, string[]>();
  for (const path of paths) {
    if (!composeName.test(basename(path))) continue;
    const names = directories.get(dirname(path)) ?? [];
    directories.set(dirname(path), names);
    names.push(basename(path));
  }
  return [...directories]
    .flatMap(([directory, names]) => projectsIn(directory, names))
    .sort((a, b) => (a.mainFile < b.mainFile ? -1 : 1));
}

/** The project that running this file means: its directory's for a base or override file, the base below it for a variant, else itself. */
export function referenceOf(path: string, known: readonly ProjectReference[]): ProjectReference {
  const directory = dirname(path);
  const here = known.filter((reference) => reference.directory === directory);
  const base = here.find(({ id }) => id === directory);
  const name = basename(path);
  if (base !== undefined && (path === base.mainFile || overrideNames.includes(name))) return base;
  if (base !== undefined && variantName.test(name) && !baseNames.includes(name))
    return { id: path, directory, files: [base.mainFile, path], mainFile: path };
  return here.find(({ mainFile }) => mainFile === path) ?? alone(path);
}

function projectsIn(directory: string, names: readonly string[]): readonly ProjectReference[] {
  const base = baseNames.find((name) => names.includes(name));
  if (base !== undefined) return [{ id: directory, directory, files: [], mainFile: join(directory, base) }];
  return names.map((name) => alone(join(directory, name)));
}

function alone(path: string): ProjectReference {
  return { id: path, directory: dirname(path), files: [path], mainFile: path };
}

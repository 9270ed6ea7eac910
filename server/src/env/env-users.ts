import { dirname, join, resolve } from '#system/path.ts';
import type { Variables } from '#compose/load/variables.ts';
import { fileReferencesIn } from '#compose/model/file-references.ts';
import type { Span } from '#compose/problem/span.ts';
import { directoryFor } from '../workspace/directories.ts';
import { isEnvName, type SourceFile } from '../workspace/files.ts';
import { namesOf } from '../workspace/names.ts';
import type { LoadedReference, Projects } from '../workspace/projects.ts';
import { ownEnvFiles, usesIn, type VariablePlace } from '../workspace/variable-places.ts';
import { variableUses } from '../workspace/variables.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A project that an env file has to do with. */
export interface EnvUser {
  readonly loaded: LoadedReference;
  /** The compose files of the project. */
  readonly files: readonly SourceFile[];
  /** Whether its variables take the place of `${…}`; `candidate`: nothing reads the file now, but it lies beside the project as one to choose. */
  readonly interpolates: 'yes' | 'no' | 'candidate';
  /** Where services name the file in `env_file`. */
  readonly services: readonly EnvFileUse[];
}

export interface EnvFileUse {
  readonly file: SourceFile;
  readonly service: string;
  readonly span: Span;
}

export interface EnvContext {
  readonly workspace: Workspace;
  readonly projects: Projects;
}

/** The projects that use an env file, or could. `now`: as they are now, which may mean to load them; else what was loaded last is good enough. */
export async function usersOf(
  { workspace, projects }: EnvContext,
  path: string,
  now: boolean,
): Promise<readonly EnvUser[]> {
  const users: EnvUser[] = [];
  for (const reference of await projects.around(path)) {
    const newest = now ? undefined : projects.newest(reference)?.loaded;
    const loaded = newest ?? (await projects.load(reference));
    const { files } = await namesOf(workspace, reference);
    const services = files.flatMap((file) => envFileUses(file, path, directoryFor(file, reference)));
    const interpolates = interpolation(path, loaded, files);
    if (interpolates !== 'no' || services.length > 0) users.push({ loaded, files, interpolates, services });
  }
  // A file that a project reads is no candidate of another one beside it.
  const read = users.filter(({ interpolates, services }) => interpolates === 'yes' || services.length > 0);
  return read.length > 0 ? read : users;
}

function interpolation(
  path: string,
  { result, reads, reference }: LoadedReference,
  files: readonly SourceFile[],
): EnvUser['interpolates'] {
  const project = result.loaded ?? result.partial;
  if (project !== undefined && ownEnvFiles(project).includes(path)) return 'yes';
  if (reads.has(path)) {
    const included = files.flatMap((file) => includedEnvFiles(file, directoryFor(file, reference)));
    if (included.includes(path)) return 'yes';
  }
  const directory = project?.workingDirectory ?? dirname(reference.request.files?.[0] ?? '/');
  const isBeside = dirname(path) === directory && isEnvName(path) && !reads.has(path);
  return isBeside && join(directory, '.env') !== path ? 'candidate' : 'no';
}

/** What `include` reads variables from: the env files it names, or the `.env` beside what it includes. */
function includedEnvFiles(file: SourceFile, directory: string): readonly string[] {
  return file.roots.flatMap((root) =>
    fileReferencesIn(root)
      .filter(({ path: [section] }) => section === 'include')
      .flatMap(({ kind, text }) => {
        const target = resolve(directory, text);
        if (kind === 'env') return [target];
        return [join(kind === 'compose' ? dirname(target) : target, '.env')];
      }),
  );
}

function envFileUses(file: SourceFile, path: string, directory: string): readonly EnvFileUse[] {
  return file.roots.flatMap((root) =>
    fileReferencesIn(root).flatMap(({ kind, text, span, path: [section, service] }) =>
      kind === 'env' && section === 'services' && resolve(directory, text) === path
        ? [{ file, service: String(service), span }]
        : [],
    ),
  );
}

/** The variables that a compose file of the project was read with. */
export function variablesOfFile({ loaded: { result } }: EnvUser, file: SourceFile): Variables | undefined {
  return (result.loaded ?? result.partial)?.trace?.variablesOf.get(file.uri);
}

/** Every place in the project's compose files that takes a variable's value. */
export function usesOf({ files }: EnvUser, name: string): readonly VariablePlace[] {
  return files.flatMap((file) => file.derive(usesIn).get(name) ?? []);
}

/** A name that compose files use. */
export interface WantedName {
  readonly name: string;
  /** The default of its first use that has one; `undefined` where a use has none. */
  readonly fallback: string | undefined;
  /** Whether something is blank without it. */
  readonly needed: boolean;
  readonly file: SourceFile;
}

/** The names that a project's compose files use in `${…}` or by their bare name, in the order of the files. */
export function wantedNames({ files }: EnvUser): readonly WantedName[] {
  const found = new Map<string, WantedName>();
  for (const file of files) {
    const withDefault = new Map<string, string>();
    const without = new Set<string>();
    for (const { name, part, argument } of file.derive(variableUses)) {
      const operator = part.argument?.operator;
      if (operator === '-' || operator === ':-')
        withDefault.set(name, withDefault.get(name) ?? argument ?? '');
      else if (operator === '+' || operator === ':+') withDefault.set(name, withDefault.get(name) ?? '');
      else without.add(name);
    }
    for (const name of file.derive(usesIn).keys()) {
      const fallback = without.has(name) ? undefined : withDefault.get(name);
      const needed = without.has(name);
      const known = found.get(name);
      if (known === undefined || (!known.needed && needed)) found.set(name, { name, fallback, needed, file });
    }
  }
  return [...found.values()];
}

import { severityOf } from '../problem/codes.ts';
import { phrase } from '../problem/phrase.ts';
import type { ComposeFile, ComposeFiles } from './compose-files.ts';
import { mayHoldVariables, readEnvFiles } from './env-files.ts';
import type { Host } from './host.ts';
import type { ProblemList } from './problems.ts';
import { namesRemote } from './remote-address.ts';
import type { LoadRequest } from './request.ts';
import type { SystemPath } from './system-path.ts';
import { Variables } from './variables.ts';

/** What a request comes down to: the files, the directory they belong to, the variables. */
export interface Discovered {
  readonly files: readonly ComposeFile[];
  /** Absolute. */
  readonly workingDirectory: string;
  /** The directory that a project without a name is called after. Absolute. */
  readonly nameDirectory: string;
  readonly variables: Variables;
  /** Of `--env-file` or `COMPOSE_ENV_FILES`, absolute. */
  readonly envFiles: readonly string[];
}

/** The default names, most wanted first. */
export const composeFileNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** The default names of files laid over the main one, most wanted first. */
export const overrideFileNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** As a file's name: the host reads it like a file. */
const standardInput = '-';

function absoluteFrom(directory: string, path: string, paths: SystemPath): string {
  if (path === standardInput) return path;
  return paths.isAbsolute(path) ? paths.clean(path) : paths.join(directory, path);
}

interface Search {
  readonly host: Host;
  readonly request: LoadRequest;
  readonly paths: SystemPath;
  readonly files: ComposeFiles;
  readonly problems: ProblemList;
}

/**
 * Finds the files of a project as `docker compose` does: those asked for, else `COMPOSE_FILE`, else the nearest directory upwards with a
 * file of a default name, with at most one override file. `undefined` if there are none that can be read, which was reported.
 */
export async function discover(search: Search): Promise<Discovered | undefined> {
  const { host, request, paths, files, problems } = search;
  const absolute = (path: string) =>
    paths.isAbsolute(path) ? paths.clean(path) : paths.join(request.cwd, path);
  let variables = Variables.of(host.environment, host.platform);
  if (variables.get('PWD') === undefined) {
    variables = variables.with('PWD', { value: request.cwd, from: { kind: 'environment' } });
  }
  const projectDirectory =
    request.projectDirectory === undefined ? undefined : absolute(request.projectDirectory);
  const asked = (request.files ?? []).map((name) =>
    namesRemote(name) ? name : absoluteFrom(request.cwd, name, paths),
  );
  const envFiles = namedEnvFiles(request, variables).map(absolute);

  const directoryOf = (list: readonly string[]) => {
    const first = list.find((path) => path !== standardInput);
    // Of a project whose first file is remote, `.env` and name are those of the place where one stands.
    const isHere = first !== undefined && !namesRemote(first);
    return projectDirectory ?? (isHere ? paths.dirname(first) : paths.clean(request.cwd));
  };
  variables = await withDotenv(directoryOf(asked), envFiles, variables, search);
  const found = asked.length > 0 ? asked : await findFiles(directoryOf([]), variables, search);
  const isNamed = asked.length > 0 || variables.get('COMPOSE_FILE') !== undefined;
  if (found.length === 0) {
    const message = phrase('no-compose-file', { directory: directoryOf([]) });
    const span = files.startOf(paths.join(directoryOf([]), 'compose.yaml'));
    problems.report({ code: 'no-compose-file', message, severity: 'error', span });
    return undefined;
  }
  const nameDirectory = directoryOf(found);
  if (nameDirectory !== directoryOf(asked)) {
    variables = await withDotenv(nameDirectory, envFiles, variables, search);
  }
  const located = await Promise.all(found.map((name) => locate(name, search)));
  const here = located.flatMap(({ path }) => path ?? []);
  const opened = await Promise.all(here.map((path) => files.compose(path, { named: isNamed })));
  const readable = opened.flatMap((file) => file ?? []);
  const remote = located.find(({ isFetched }) => isFetched)?.path;
  // Docker Compose has it so whatever `--project-directory` says.
  const workingDirectory = remote === undefined ? nameDirectory : paths.dirname(remote);
  return readable.length === 0
    ? undefined
    : { files: readable, workingDirectory, nameDirectory, variables, envFiles };
}

interface Located {
  /** Absent: a remote file that cannot be had, which was reported. */
  readonly path?: string;
  readonly isFetched: boolean;
}

async function locate(name: string, { files }: Search): Promise<Located> {
  // Named on a command line: at no place in a file.
  const fetched = await files.fetched(name, { uri: '', start: 0, end: 0 });
  if (fetched === undefined) return { path: name, isFetched: false };
  return fetched === 'absent' ? { isFetched: false } : { path: fetched.path, isFetched: true };
}

function namedEnvFiles(request: LoadRequest, variables: Variables): readonly string[] {
  if (request.envFiles !== undefined && request.envFiles.length > 0) return request.envFiles;
  const named = variables.get('COMPOSE_ENV_FILES') ?? '';
  return named === '' ? [] : named.split(',').map((name) => name.trim());
}

/** Variables that are not set yet, from the env files, or else from `.env` in the project's directory. */
async function withDotenv(
  directory: string,
  envFiles: readonly string[],
  variables: Variables,
  search: Search,
): Promise<Variables> {
  if (envFiles.length > 0)
    return readEnvFiles(
      envFiles.map((path) => ({ path, named: true })),
      variables,
      search,
    );
  if (isDisabled(search)) return variables;
  const path = search.paths.join(directory, '.env');
  if (!mayHoldVariables(await search.files.stat(path))) return variables;
  return readEnvFiles([{ path }], variables, search);
}

function isDisabled({ host, files, request, problems }: Search): boolean {
  const setting = host.environment.COMPOSE_DISABLE_ENV_FILE;
  if (setting === undefined) return false;
  if (/^(?:1|t|T|TRUE|true|True)$/.test(setting)) return true;
  if (!/^(?:0|f|F|FALSE|false|False)$/.test(setting)) {
    const message = phrase('environment-setting.disable-env-file', { setting });
    const code = 'environment-setting';
    problems.report({ code, message, severity: severityOf(code), span: files.startOf(request.cwd) });
  }
  return false;
}

async function findFiles(
  directory: string,
  variables: Variables,
  search: Search,
): Promise<readonly string[]> {
  const { request, paths, host } = search;
  const named = variables.get('COMPOSE_FILE');
  if (named !== undefined) {
    const separator = variables.get('COMPOSE_PATH_SEPARATOR') || (host.platform === 'windows' ? ';' : ':');
    return named.split(separator).map((name) => absoluteFrom(request.cwd, name, paths));
  }
  for (let current = directory; ; current = paths.dirname(current)) {
    const candidates = await existing(composeFileNames, current, search);
    const [winner] = candidates;
    if (winner !== undefined) {
      reportSeveral(candidates, search);
      const overrides = await existing(overrideFileNames, current, search);
      reportSeveral(overrides, search);
      return [winner, ...overrides.slice(0, 1)];
    }
    if (paths.dirname(current) === current || !allows(paths.dirname(current), search)) return [];
  }
}

/** The search upwards ends where nothing may be read. */
function allows(directory: string, { request: { confinedTo }, paths }: Search): boolean {
  return confinedTo === undefined || paths.isInside(directory, confinedTo);
}

async function existing(
  names: readonly string[],
  directory: string,
  search: Search,
): Promise<readonly string[]> {
  const present = new Set(await search.host.files.list(directory));
  return names.filter((name) => present.has(name)).map((name) => search.paths.join(directory, name));
}

function reportSeveral(candidates: readonly string[], { files, problems, paths }: Search): void {
  const [winner, ...others] = candidates;
  if (winner === undefined || others.length === 0) return;
  const names = others.map((path) => paths.basename(path)).join(', ');
  problems.report({
    code: 'several-compose-files',
    message: phrase(others.length === 1 ? 'several-compose-files.one' : 'several-compose-files', {
      used: paths.basename(winner),
      names,
    }),
    severity: severityOf('several-compose-files'),
    span: files.startOf(winner),
  });
}

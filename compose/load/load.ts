import { nodeAtPath } from '../syntax/at.ts';
import { recordOf } from '../values/record.ts';
import { ComposeFiles } from './compose-files.ts';
import { confinedFiles } from './confined-files.ts';
import { discover } from './discover.ts';
import type { Host } from './host.ts';
import { type LoadedModel, loadModel, type ModelOptions } from './load-model.ts';
import { ProblemList } from './problems.ts';
import { declaredName, normalizeProjectName } from './project-name.ts';
import type { LoadRequest, LoadResult } from './request.ts';
import { systemPath } from './system-path.ts';
import { checkContainerNames } from './validate/consistency.ts';
import type { Variables } from './variables.ts';

/**
 * Loads a project as Docker Compose 5 would see it. Never rejects: every mistake in the files, in all of them at once, is among the
 * problems, and there is a project only when none of them is an error.
 */
export function load(host: Host, request: LoadRequest): Promise<LoadResult> {
  return loadWith(host, request, {
    noInterpolate: request.noInterpolate ?? false,
    noValidation: false,
    noPaths: false,
    noNormalization: false,
    noConsistency: false,
    noEnvironment: request.noEnvironment ?? false,
    literalEnvFiles: request.literalEnvFiles ?? false,
    prune: request.allResources !== true,
    discardEnvFiles: true,
    discardLabelFiles: false,
  });
}

/** A load that leaves stages out. */
export async function loadWith(
  outer: Host,
  request: LoadRequest,
  options: ModelOptions,
): Promise<LoadResult> {
  const problems = new ProblemList();
  const paths = systemPath(outer.platform);
  const { confinedTo } = request;
  const host =
    confinedTo === undefined
      ? outer
      : { ...outer, files: confinedFiles(outer.files, () => [confinedTo], paths), remote: undefined };
  const files = new ComposeFiles(host, problems.report);
  const found = await discover({ host, request, paths, files, problems });
  if (found === undefined) return { loaded: undefined, problems: problems.list() };
  const model = await loadModel(
    {
      files: found.files,
      workingDirectory: found.workingDirectory,
      variables: found.variables,
      name: projectName(request, found.variables, () =>
        declaredName(found.files) === undefined ? paths.basename(found.nameDirectory) : '',
      ),
      profiles: activeProfiles(request, found.variables),
      services: request.services ?? [],
      withJobs: request.withJobs,
      options,
    },
    host,
    files,
    problems,
  );
  checkContainerNames({
    project: model.project,
    disabled: model.selection.disabled,
    tree: model.tree,
    report: problems.report,
  });
  const loaded = {
    project: model.project,
    tree: model.tree,
    disabled: model.selection.disabled,
    ...(model.jobs.length > 0 && { jobs: model.jobs }),
    files: found.files.map(({ path }) => path),
    workingDirectory: found.workingDirectory,
    envFiles: found.envFiles,
    environment: { ...contentVariables(model), ...model.variables.toRecord() },
    trace: { texts: files.texts, variablesOf: model.variablesOf, fromFiles: model.fromFiles },
  };
  return { loaded: problems.hasErrors ? undefined : loaded, partial: loaded, problems: problems.list() };
}

/** What secrets and configs of included files take from variables that only the include has. */
function contentVariables({ project, tree, variablesOf }: LoadedModel): Readonly<Record<string, string>> {
  const found: Record<string, string> = recordOf();
  for (const section of ['secrets', 'configs'] as const)
    for (const [name, { environment: variable }] of Object.entries(project[section] ?? {})) {
      const uri = nodeAtPath(tree, [section, name, 'environment'])?.span.uri;
      if (variable === undefined || uri === undefined) continue;
      const value = variablesOf.get(uri)?.get(variable);
      if (value !== undefined) found[variable] = value;
    }
  return found;
}

function projectName(request: LoadRequest, variables: Variables, guess: () => string) {
  if (request.projectName !== undefined && request.projectName !== '')
    return { text: request.projectName, imposed: true };
  const fromVariable = variables.get('COMPOSE_PROJECT_NAME') ?? '';
  if (fromVariable !== '') return { text: fromVariable, imposed: true };
  return { text: normalizeProjectName(guess()), imposed: false };
}

function activeProfiles(request: LoadRequest, variables: Variables): readonly string[] {
  if (request.profiles !== undefined && request.profiles.length > 0) return request.profiles;
  return (variables.get('COMPOSE_PROFILES') ?? '').split(',').map((profile) => profile.trim());
}

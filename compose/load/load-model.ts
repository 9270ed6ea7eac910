import { decodeProject } from '../model/decode.ts';
import type { Project } from '../model/project.ts';
import { phrase } from '../problem/phrase.ts';
import type { Span } from '../problem/span.ts';
import { stringOf, textAt } from '../syntax/edit.ts';
import type { MapNode, Node } from '../syntax/node.ts';
import { interpolate } from '../template/interpolate.ts';
import { assemble } from './assemble.ts';
import type { AssemblyContext } from './assembly-context.ts';
import type { ComposeFile, ComposeFiles } from './compose-files.ts';
import type { Host } from './host.ts';
import { type Job, joinJobs, withoutServices } from './jobs.ts';
import { normalizeModel } from './normalize.ts';
import type { ProblemList } from './problems.ts';
import { declaredName, isProjectName, nameText, normalizeProjectName } from './project-name.ts';
import {
  activatedProfiles,
  byProfiles,
  type Selection,
  without,
  withDependencies,
  withoutUnusedResources,
} from './select.ts';
import { resolveServiceFiles } from './service-files.ts';
import { systemPath } from './system-path.ts';
import { checkConsistency } from './validate/consistency.ts';
import { spanAt } from './validate/consistency-context.ts';
import type { Variables } from './variables.ts';
import { convertWindowsVolumes } from './windows-volumes.ts';

/** Everything a load depends on, once the files are found. */
export interface ModelRequest {
  readonly files: readonly ComposeFile[];
  readonly workingDirectory: string;
  readonly variables: Variables;
  /** `imposed`: it was given, not guessed, so it must be valid and wins over the files. */
  readonly name: { readonly text: string; readonly imposed: boolean };
  readonly profiles: readonly string[];
  readonly services: readonly string[];
  /** Jobs are among the services. */
  readonly withJobs?: boolean | undefined;
  readonly options: ModelOptions;
}

/** What to leave out. All of it off is what Docker Compose does before it creates anything. */
export interface ModelOptions {
  readonly noInterpolate: boolean;
  readonly noValidation: boolean;
  readonly noPaths: boolean;
  readonly noNormalization: boolean;
  readonly noConsistency: boolean;
  readonly noEnvironment: boolean;
  /** `env_file`s without a format of their own are taken literally. */
  readonly literalEnvFiles?: boolean;
  /** Leave out networks, volumes, secrets and configs that no enabled service uses. */
  readonly prune: boolean;
  /** Drop `env_file` and `label_file` once they are read. */
  readonly discardEnvFiles: boolean;
  readonly discardLabelFiles: boolean;
}

export interface LoadedModel {
  readonly project: Project;
  readonly tree: Node;
  readonly jobs: readonly Job[];
  readonly selection: Selection;
  readonly variables: Variables;
  /** The variables each file was read with, by URI. */
  readonly variablesOf: ReadonlyMap<string, Variables>;
  /** Where values of `env_file` and `label_file` stand, by their path as text. */
  readonly fromFiles: ReadonlyMap<string, Span>;
}

/** From files to a project: the stages in Docker Compose's order. Whatever is wrong is reported, and the rest goes on. */
export async function loadModel(
  request: ModelRequest,
  host: Host,
  files: ComposeFiles,
  problems: ProblemList,
): Promise<LoadedModel> {
  const { options } = request;
  const name = projectName(request, problems);
  const variables = request.variables.with('COMPOSE_PROJECT_NAME', {
    value: name,
    from: { kind: 'compose' },
  });
  const context: AssemblyContext = {
    files,
    paths: systemPath(host.platform),
    home: host.home,
    problems,
    options,
    variablesOf: new Map(),
    bases: new Map(),
    counts: { includes: 0 },
    breathe: async () => host.breathe?.(),
    assemble,
  };
  const group = {
    files: request.files,
    base: request.workingDirectory,
    directory: request.workingDirectory,
    variables,
    trail: [],
  };
  let tree: MapNode = await assemble(group, context);
  checkNotEmpty(tree, name, request, problems);
  const joined = joinJobs(tree, problems.report);
  tree = joined.model;
  if (!options.noNormalization) tree = normalizeModel(tree, name, (variable) => variables.get(variable));
  problems.nextStage();
  await context.breathe();
  // Templates are no sizes or numbers yet.
  let project = decodeProject(tree, name, options.noInterpolate ? () => {} : problems.report);
  if (
    !options.noPaths &&
    /^(?:1|t|true|y|yes|on)$/i.test(variables.get('COMPOSE_CONVERT_WINDOWS_PATHS') ?? '')
  ) {
    project = convertWindowsVolumes(project);
  }
  let selection = byProfiles(project.services, request.profiles);
  problems.nextStage();
  await context.breathe();
  if (!options.noConsistency) {
    const enabled = { ...project, services: selection.enabled };
    checkConsistency({ project: enabled, disabled: selection.disabled, tree, report: problems.report });
  }
  const { jobs } = joined;
  if (request.withJobs !== true && jobs.length > 0) {
    const names = new Set(jobs.map(({ name: job }) => job));
    tree = withoutServices(tree, names);
    project = { ...project, services: without(project.services, names) };
    selection = { enabled: without(selection.enabled, names), disabled: without(selection.disabled, names) };
  }
  selection = select(selection, project, request, tree, problems);
  await context.breathe();
  const fromFiles = new Map<string, Span>();
  const services = await resolveServiceFiles(selection.enabled, tree, variables, options, {
    files,
    problems,
    fromFiles,
  });
  project = { ...project, services };
  if (options.prune) project = withoutUnusedResources(project);
  return {
    project,
    tree,
    jobs,
    selection: { ...selection, enabled: services },
    variables,
    variablesOf: context.variablesOf,
    fromFiles,
  };
}

/** Naming services activates their profiles and leaves out what they do not need. */
function select(
  byProfile: Selection,
  project: Project,
  request: ModelRequest,
  tree: Node,
  problems: ProblemList,
): Selection {
  if (request.services.length === 0) return byProfile;
  const profiles = activatedProfiles(byProfile, request.services, request.profiles);
  const { selection, missing } = withDependencies(byProfiles(project.services, profiles), request.services);
  for (const name of new Set(missing)) {
    const message = phrase('no-such-service', { name });
    problems.report({
      code: 'no-such-service',
      message,
      severity: 'error',
      span: spanAt(tree, ['services'], true),
      data: { service: name },
    });
  }
  return selection;
}

function checkNotEmpty(tree: MapNode, name: string, request: ModelRequest, problems: ProblemList): void {
  if (tree.entries.length === 0) {
    if (problems.hasErrors) return;
    const message = phrase('empty-file');
    problems.report({ code: 'empty-file', message, severity: 'error', span: tree.span });
  } else if (name === '' && !request.options.noValidation) {
    const message = phrase('project-name.missing');
    problems.report({ code: 'project-name', message, severity: 'error', span: tree.span });
  }
}

/** The given name, else the files', else the guessed one. */
function projectName(request: ModelRequest, problems: ProblemList): string {
  const { text, imposed } = request.name;
  const start = { uri: request.files[0]?.uri ?? '', start: 0, end: 0 };
  if (imposed) {
    if (!isProjectName(text)) {
      const message = phrase('project-name', { text });
      problems.report({
        code: 'project-name',
        message,
        severity: 'error',
        span: start,
        data: { suggestion: normalizeProjectName(text) },
      });
    }
    return text;
  }
  const declared = declaredName(request.files);
  if (declared === undefined) return text;
  const node = textAt(declared, nameText(declared));
  // The pipeline reports what is wrong with it.
  const value = request.options.noInterpolate
    ? node
    : interpolate(node, request.variables, () => {}, ['name']);
  const written = stringOf(value) ?? '';
  const name = request.options.noNormalization ? written : normalizeProjectName(written);
  return name === '' ? text : name;
}

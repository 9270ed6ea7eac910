import type { PreStartStep, Service } from '../model/project.ts';
import { severityOf } from '../problem/codes.ts';
import type { Span } from '../problem/span.ts';
import type { Node } from '../syntax/node.ts';
import { formatPath, type Path } from '../values/path.ts';
import { recordOf } from '../values/record.ts';
import type { ComposeFiles } from './compose-files.ts';
import { parseDotenv } from './dotenv.ts';
import type { ProblemList } from './problems.ts';
import type { Services } from './select.ts';
import { spanAt } from './validate/consistency-context.ts';
import type { Variables } from './variables.ts';

interface Context {
  readonly files: ComposeFiles;
  readonly problems: ProblemList;
  /** Takes note of where each value stands, by its path as text. */
  readonly fromFiles: Map<string, Span>;
}

interface Options {
  readonly noEnvironment: boolean;
  readonly literalEnvFiles?: boolean;
  readonly discardEnvFiles: boolean;
  readonly discardLabelFiles: boolean;
}

/** Services with the variables and labels of their `env_file` and `label_file`; what a service says itself wins. */
export async function resolveServiceFiles(
  services: Services,
  tree: Node,
  variables: Variables,
  options: Options,
  context: Context,
): Promise<Services> {
  const resolved: Record<string, Service> = recordOf();
  for (const [name, service] of Object.entries(services)) {
    const path = ['services', name];
    const withVariables = options.noEnvironment
      ? service
      : await withEnvFiles(service, path, tree, variables, options, context);
    const whole = await withLabelFiles(withVariables, path, tree, options, context);
    resolved[name] =
      whole.pre_start === undefined
        ? whole
        : await withStepFiles(whole, path, tree, variables, options, context);
  }
  return resolved;
}

/** Variables without a value stay so where a step has no file, as in Docker Compose. */
async function withStepFiles(
  service: Service,
  path: Path,
  tree: Node,
  variables: Variables,
  options: Options,
  context: Context,
): Promise<Service> {
  if (options.noEnvironment) return service;
  const steps: PreStartStep[] = [];
  for (const [index, step] of (service.pre_start ?? []).entries()) {
    const at = [...path, 'pre_start', index];
    steps.push(
      step.env_file === undefined ? step : await withEnvFiles(step, at, tree, variables, options, context),
    );
  }
  return { ...service, pre_start: steps };
}

async function withEnvFiles<T extends Pick<Service, 'environment' | 'env_file'>>(
  service: T,
  path: Path,
  tree: Node,
  variables: Variables,
  options: Options,
  context: Context,
): Promise<Omit<T, 'env_file'> & Pick<Service, 'environment' | 'env_file'>> {
  if (service.environment === undefined && service.env_file === undefined) return service;
  const own = new Map<string, string | null>();
  for (const [name, value] of Object.entries(service.environment ?? {})) {
    own.set(name, value ?? variables.get(name) ?? null);
  }
  const all = new Map<string, string>();
  for (const [name, value] of own) if (value !== null) all.set(name, value);
  const lookup = (name: string) => variables.get(name) ?? own.get(name) ?? undefined;
  for (const [index, envFile] of (service.env_file ?? []).entries()) {
    const at = [...path, 'env_file', index];
    const format = envFile.format ?? (options.literalEnvFiles === true ? 'raw' : undefined);
    await readInto(all, { ...envFile, ...(format !== undefined && { format }) }, at, tree, lookup, context);
  }
  const environment: Record<string, string | null> = recordOf();
  for (const [name, value] of [...all, ...own]) environment[name] = value;
  const { env_file, ...rest } = service;
  return {
    ...rest,
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    ...(env_file === undefined || options.discardEnvFiles ? {} : { env_file }),
  };
}

async function withLabelFiles(
  service: Service,
  path: Path,
  tree: Node,
  options: Options,
  context: Context,
): Promise<Service> {
  if (service.label_file === undefined) return service;
  const all = new Map<string, string>();
  for (const [index, file] of service.label_file.entries()) {
    const at = [...path, 'label_file', index];
    await readInto(all, { path: file, required: true }, at, tree, (name) => all.get(name), context);
  }
  const labels: Record<string, string> = recordOf();
  for (const [name, value] of [...all, ...Object.entries(service.labels ?? {})]) labels[name] = value;
  const { label_file, ...rest } = service;
  return {
    ...rest,
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(options.discardLabelFiles ? {} : { label_file }),
  };
}

async function readInto(
  values: Map<string, string>,
  file: { readonly path: string; readonly required?: boolean; readonly format?: string },
  path: Path,
  tree: Node,
  lookup: (name: string) => string | undefined,
  { files, problems, fromFiles }: Context,
): Promise<void> {
  // A project with errors, loaded for showing, may have an entry without its path.
  if (typeof file.path !== 'string' || file.path === '') return;
  const at = spanAt(tree, path, false);
  if (file.required === false && (await files.stat(file.path)) === 'missing') return;
  const text = await files.text(file.path, 'env', {
    at,
    missing: path.at(-2) === 'env_file' ? 'file-not-found.env-file' : 'file-not-found',
    strict: file.format === 'raw',
  });
  if (text === undefined) return;
  const parsed = parseDotenv(text, lookup, values, file.format);
  if (parsed.problem !== undefined) {
    const { message, start, end } = parsed.problem;
    const span = { ...files.startOf(file.path), start, end };
    problems.report({ code: 'env-file', message, severity: severityOf('env-file'), span });
  }
  const place = files.startOf(file.path);
  const target = path.at(-2) === 'env_file' ? 'environment' : 'labels';
  for (const [name, { value, start, end }] of parsed.values) {
    values.set(name, value);
    fromFiles.set(formatPath([...path.slice(0, -2), target, name]), { ...place, start, end });
  }
}

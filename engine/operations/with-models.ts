import type { LoadedProject } from '#compose/load/request.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { ModelRunner, ModelRunners } from '../models/model-runner.ts';
import type { Report } from '../observe/progress.ts';
import { selectServices } from '../project/service-graph.ts';

interface Wanted {
  readonly services: readonly string[];
  readonly noDeps?: boolean;
}

/**
 * Pulls and configures the models that these services use, and gives the project with the variables by which they reach them. Rejects with `EngineError`,
 * before anything is done, where models are used and there is no runner (`unsupported`).
 */
export async function withModels(
  loaded: LoadedProject,
  runners: ModelRunners | undefined,
  wanted: Wanted,
  report: Report,
  signal: AbortSignal,
): Promise<LoadedProject> {
  const used = usedModels(loaded, wanted);
  if (used === undefined) return loaded;
  const runner = await runnerFor(loaded, runners, used.service, signal);
  const present = await runner.list(signal).catch((error: unknown): readonly string[] => {
    if (signal.aborted) throw error;
    return [];
  });
  const endpoint = await runner.endpoint(signal);
  await Promise.all(
    used.models.map(async (key) => {
      const declared = loaded.project.models?.[key];
      if (declared === undefined) return;
      const { model = '', context_size: contextSize, runtime_flags: runtimeFlags = [] } = declared;
      const told = { kind: 'task', name: declared.name ?? key } as const;
      if (!present.includes(model)) {
        report({ ...told, status: 'Pulling' });
        const onProgress = (detail: string) => report({ ...told, status: 'Pulling', detail });
        await runner.pull(model, onProgress, signal).catch((error: Error) => {
          report({ ...told, status: 'Error', detail: error.message.split('\n')[0] ?? '' });
          throw error;
        });
        report({ ...told, status: 'Pulled' });
      }
      await runner.configure(model, { contextSize, runtimeFlags }, signal);
    }),
  );
  return withVariables(loaded, endpoint);
}

/** {@link withModels} for a plan: the same variables, but nothing is pulled or configured. */
export async function modelsGiven(
  loaded: LoadedProject,
  runners: ModelRunners | undefined,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<LoadedProject> {
  const used = usedModels(loaded, wanted);
  if (used === undefined) return loaded;
  const runner = await runnerFor(loaded, runners, used.service, signal);
  return withVariables(loaded, await runner.endpoint(signal));
}

function usedModels(
  { project }: LoadedProject,
  { services, noDeps = false }: Wanted,
): { readonly service: string; readonly models: readonly string[] } | undefined {
  const used = Object.entries(selectServices(project, services, { noDeps })).flatMap(([name, { models }]) =>
    Object.keys(models ?? {}).map((model) => [name, model] as const),
  );
  const [first] = used;
  return first && { service: first[0], models: [...new Set(used.map(([, model]) => model))] };
}

async function runnerFor(
  { environment }: LoadedProject,
  runners: ModelRunners | undefined,
  service: string,
  signal: AbortSignal,
): Promise<ModelRunner> {
  const runner = await runners?.find(environment, signal);
  if (runner !== undefined) return runner;
  throw new EngineError(
    'unsupported',
    say`Service ${service} uses models, and Docker Model Runner cannot be found: neither the plugin docker-model of the Docker CLI nor its API. Install or enable it, or set MODEL_RUNNER_HOST to its address.`,
    { subject: service },
  );
}

/** `<MODEL>_URL` and `<MODEL>_MODEL`, or what the service calls them (specification: `services.*.models`). */
function withVariables(loaded: LoadedProject, endpoint: string): LoadedProject {
  const { project } = loaded;
  const services = Object.entries(project.services).map(([name, service]) => {
    if (service.models === undefined) return [name, service] as const;
    const variables = Object.entries(service.models).flatMap(([key, names]) => {
      const prefix = key.toUpperCase().replaceAll('-', '_');
      return [
        [names?.model_var ?? `${prefix}_MODEL`, project.models?.[key]?.model ?? ''],
        [names?.endpoint_var ?? `${prefix}_URL`, endpoint],
      ] as const;
    });
    const environment = mergedRecord<string | null>(service.environment, recordOf(variables));
    return [name, { ...service, environment }] as const;
  });
  return { ...loaded, project: { ...project, services: recordOf(services) } };
}

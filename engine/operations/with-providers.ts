import type { LoadedProject } from '#compose/load/request.ts';
import type { Service } from '#compose/model/project.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';
import { EngineError } from '../api/engine-error.ts';
import { say, type Message } from '../api/message.ts';
import type { Report } from '../observe/progress.ts';
import { selectServices, serviceGraph } from '../project/service-graph.ts';
import type { ProvidedService, ProviderRunner } from '../providers/run-provider.ts';

interface Wanted {
  /** Empty: all. */
  readonly services: readonly string[];
  readonly noDeps?: boolean;
  readonly onWarning?: ((warning: Message) => void) | undefined;
}

/**
 * Runs the providers that these services need, each after what it depends on, and gives the project with the variables that they set: in every service that
 * depends on them. Rejects with `EngineError` at the first that fails.
 */
export async function withProviders(
  loaded: LoadedProject,
  runner: ProviderRunner,
  { services, noDeps = false, onWarning }: Wanted,
  report: Report,
  signal: AbortSignal,
): Promise<LoadedProject> {
  const { project } = loaded;
  const selected = selectServices(project, services, { noDeps });
  let changed = project.services;
  for (const name of serviceGraph(project.services).order) {
    const service = selected[name];
    if (service?.provider === undefined) continue;
    const variables = await runner.run('up', provided(loaded, name, service), report, signal);
    changed = recordOf(
      Object.entries(changed).map(([other, dependent]) => {
        if (dependent.depends_on?.[name] === undefined) return [other, dependent];
        for (const [variable, value] of Object.entries(variables)) {
          const own = dependent.environment?.[variable];
          if (own !== undefined && own !== value)
            onWarning?.(
              say`The provider "${name}" replaces the variable "${variable}" of the service "${other}".`,
            );
        }
        return [other, { ...dependent, environment: mergedRecord(dependent.environment, variables) }];
      }),
    );
  }
  return { ...loaded, project: { ...project, services: changed } };
}

/** Has the providers of these services (none named: all) take down what they gave, dependents first. Rejects with `EngineError` at the first that fails. */
export async function removeProvided(
  loaded: LoadedProject,
  runner: ProviderRunner,
  services: readonly string[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  for (const service of providedOf(loaded, services)) await runner.run('down', service, report, signal);
}

/**
 * The same for stopping, which only some providers know. As with Docker Compose 2.40, which has no `stop` of providers, one whose program is gone is no
 * failure: `onWarning` hears of it. Rejects with `EngineError` where a program fails.
 */
export async function stopProvided(
  loaded: LoadedProject,
  runner: ProviderRunner,
  { services, onWarning }: Wanted,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  for (const service of providedOf(loaded, services)) {
    try {
      await runner.run('stop', service, report, signal);
    } catch (error) {
      if (!(error instanceof EngineError && error.kind === 'not-found' && error.said !== undefined))
        throw error;
      onWarning?.(error.said);
    }
  }
}

/** Dependents first. */
function providedOf(loaded: LoadedProject, services: readonly string[]): readonly ProvidedService[] {
  return serviceGraph(loaded.project.services)
    .order.toReversed()
    .flatMap((name) => {
      const service = loaded.project.services[name];
      const isWanted = services.length === 0 || services.includes(name);
      return service?.provider === undefined || !isWanted ? [] : [provided(loaded, name, service)];
    });
}

function provided({ project, environment }: LoadedProject, name: string, service: Service): ProvidedService {
  return {
    project: project.name,
    name,
    type: service.provider?.type ?? '',
    options: service.provider?.options ?? {},
    environment,
  };
}

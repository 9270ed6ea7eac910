import type { LoadedProject } from '#compose/load/request.ts';
import type { Service } from '#compose/model/project.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';
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

/** Has the providers take down what they gave to these services (none named: all), dependents first. */
export async function removeProvided(
  loaded: LoadedProject,
  runner: ProviderRunner,
  services: readonly string[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { order } = serviceGraph(loaded.project.services);
  for (const name of order.toReversed()) {
    const service = loaded.project.services[name];
    if (service?.provider === undefined || (services.length > 0 && !services.includes(name))) continue;
    await runner.run('down', provided(loaded, name, service), report, signal);
  }
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

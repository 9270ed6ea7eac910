import type { Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type ServiceGraph, serviceGraph } from '../project/service-graph.ts';
import { isOneOff, label, parseDependsOnLabel } from '../project/labels.ts';
import type { ObservedState } from './observe.ts';
import type { ContainerSummary } from '../api/engine-objects.ts';
import type { ProjectTarget } from '../project/project-target.ts';
import { recordOf } from '#compose/values/record.ts';

/** The services of a project as its files have them or, without files, as far as the labels of its containers tell. */
export interface KnownServices {
  readonly services: Readonly<Record<string, Service>>;
  readonly names: readonly string[];
  readonly graph: ServiceGraph;
  /** One-off containers among them. */
  containersOf(service: string): readonly ContainerSummary[];
}

export function knownServices(target: ProjectTarget, observed: ObservedState): KnownServices {
  const services = target.loaded?.project.services ?? servicesFromLabels(observed);
  return {
    services,
    names: Object.keys(services).sort(),
    graph: serviceGraph(services),
    containersOf: (service) =>
      observed.containers.filter((container) => container.labels[label.service] === service),
  };
}

/** The services asked for, or all. Rejects an unknown name. */
export function requestedServices(
  known: KnownServices,
  requested: readonly string[] | undefined,
): readonly string[] {
  for (const name of requested ?? []) {
    if (known.services[name] === undefined) {
      throw new EngineError('not-found', say`no such service: ${name}`, { subject: name });
    }
  }
  return requested === undefined || requested.length === 0 ? known.names : requested;
}

/** Without those that `run` made. */
export function withoutOneOffs(containers: readonly ContainerSummary[]): readonly ContainerSummary[] {
  return containers.filter((container) => !isOneOff(container.labels));
}

function servicesFromLabels(observed: ObservedState): Readonly<Record<string, Service>> {
  const services: Record<string, Service> = recordOf();
  for (const container of withoutOneOffs(observed.containers)) {
    const name = container.labels[label.service];
    if (name === undefined) continue;
    services[name] ??= {
      command: null,
      entrypoint: null,
      image: container.image,
      depends_on: parseDependsOnLabel(container.labels[label.dependsOn]),
    };
  }
  return services;
}

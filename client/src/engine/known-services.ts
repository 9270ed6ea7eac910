import type { Service } from '#compose/model/project.ts';
import { type GraphService, serviceGraph, type ServiceGraph } from './graph.ts';
import { label, parseDependsOnLabel } from './labels.ts';
import type { ObservedState } from './observe.ts';
import type { ContainerSummary } from './port.ts';
import type { ProjectTarget } from './target.ts';

/** The services of a project as its files have them or, without files, as the labels of its containers do. */
export interface KnownServices {
  readonly names: readonly string[];
  readonly graph: ServiceGraph;
  /** From the files; absent for a service known from labels only. */
  definition(service: string): Service | undefined;
  containersOf(service: string): readonly ContainerSummary[];
}

export function knownServices(target: ProjectTarget, observed: ObservedState): KnownServices {
  const declared = target.loaded?.project.services;
  const services: Readonly<Record<string, GraphService>> = declared ?? servicesFromLabels(observed);
  return {
    names: Object.keys(services).sort(),
    graph: serviceGraph(services),
    definition: (service) => declared?.[service],
    containersOf: (service) =>
      observed.containers.filter((container) => container.labels[label.service] === service),
  };
}

function servicesFromLabels(observed: ObservedState): Readonly<Record<string, GraphService>> {
  const services: Record<string, GraphService> = {};
  for (const { labels } of observed.containers) {
    const name = labels[label.service];
    if (name !== undefined) services[name] ??= { depends_on: parseDependsOnLabel(labels[label.dependsOn]) };
  }
  return services;
}

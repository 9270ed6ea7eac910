import { isOneOff, label } from '../project/labels.ts';
import type { ObservedState } from '../observe/observe.ts';
import type { ContainerRef } from '../plan/plan.ts';
import type { ContainerOf } from '../project/service-references.ts';

/** The project's containers while a plan is executed: what was there, and what the plan has created and removed so far. */
export interface LiveContainers {
  idOf(ref: ContainerRef): string;
  created(node: number, service: string, container: LiveContainer): void;
  removed(id: string): void;
  /** Of a service, by final name. */
  of(service: string): readonly LiveContainer[];
  readonly first: ContainerOf;
}

export interface LiveContainer {
  readonly id: string;
  /** The final name: a replacement counts under the name it will get. */
  readonly name: string;
}

export function liveContainers(observed: ObservedState | undefined): LiveContainers {
  const services = new Map<string, LiveContainer[]>();
  const byNode = new Map<number, string>();
  const add = (service: string, container: LiveContainer): void => {
    const list = services.get(service) ?? [];
    list.push(container);
    list.sort((a, b) => (a.name < b.name ? -1 : 1));
    services.set(service, list);
  };
  for (const container of observed?.containers ?? []) {
    const service = container.labels[label.service];
    if (service !== undefined && !isOneOff(container.labels)) add(service, container);
  }
  return {
    idOf(ref) {
      const id = ref.kind === 'existing' ? ref.id : byNode.get(ref.node);
      if (id === undefined) throw new TypeError(`container ${ref.name} is not created yet`);
      return id;
    },
    created(node, service, container) {
      byNode.set(node, container.id);
      add(service, container);
    },
    removed(id) {
      for (const [service, list] of services) {
        services.set(
          service,
          list.filter((container) => container.id !== id),
        );
      }
    },
    of: (service) => services.get(service) ?? [],
    first: (service) => services.get(service)?.[0],
  };
}

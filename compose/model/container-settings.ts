import type { PreStartStep, Service } from './project.ts';

/** What a service says of each container that it needs: its own first, then those of the steps before it starts, which have the rest from it. */
export function containerSettings(service: Service): readonly (Service | PreStartStep)[] {
  return [service, ...(service.pre_start ?? [])];
}

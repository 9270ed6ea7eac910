import type { LoadedProject } from '#compose/load/request.ts';
import type { Asked } from '#engine/observe/operations-under-way.ts';
import type { ProgressEvent } from '#engine/observe/progress.ts';
import type { Doing } from '#engine/observe/states.ts';
import { closure, serviceGraph } from '#engine/project/service-graph.ts';
import type { Stack } from '../workspace/stacks.ts';
import type { Selection } from './selected.ts';
import { mergedRecord } from '#compose/values/record.ts';

/** What is seen of an operation from the click on, until the engine shows its effect. */
export type Intent = Omit<Asked, 'project' | 'engine' | 'stops'>;

/** Of an operation on what was selected. */
export function intentOn({ stack, services, containers }: Selection, doing: Doing): Intent {
  return {
    doing,
    services,
    containers: containers?.map(({ id }) => id),
    servicesOf: (event) => servicesAbout(event, stack),
  };
}

/** Of an Up: what the services depend on comes with them. */
export function intentToBringUp({ stack, services }: Selection, loaded: LoadedProject | undefined): Intent {
  return {
    doing: 'starting',
    bringsUp: true,
    services,
    along: loaded === undefined || services === undefined ? [] : dependenciesOf(loaded, services),
    servicesOf: (event) => servicesAbout(event, stack),
  };
}

/** The services that an event of an operation's progress is about, by the names of containers and images. */
export function servicesAbout({ kind, name }: ProgressEvent, stack: Stack): readonly string[] {
  if (kind === 'service') return [name];
  const models = Object.entries(stack.declared?.loaded?.project.services ?? {});
  if (kind === 'image')
    return stack.services
      .filter(({ name: service, declared }) => (declared?.image ?? `${stack.name}-${service}`) === name)
      .map((service) => service.name);
  if (kind !== 'container') return [];
  const existing = stack.services.find(({ containers }) => containers.some((each) => each.name === name));
  if (existing !== undefined) return [existing.name];
  const named = models.find(([, { container_name: own }]) => own === name);
  if (named !== undefined) return [named[0]];
  const numbered = new RegExp(`^(?:[0-9a-f]{12}_)?${escaped(stack.name)}[-_](.+)[-_]\\d+$`).exec(name)?.[1];
  return numbered === undefined ? [] : [numbered];
}

function dependenciesOf(loaded: LoadedProject, services: readonly string[]): readonly string[] {
  const all = mergedRecord(loaded.project.services, loaded.disabled);
  try {
    return [...closure(serviceGraph(all), services, 'dependencies')].filter(
      (name) => !services.includes(name),
    );
  } catch {
    // A circle: the Up will say so.
    return [];
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

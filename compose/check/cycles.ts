import type { Service } from '../model/project.ts';
import { type ConsistencyContext, own, reportPath } from './consistency.ts';

/** Services must not wait for each other in a circle. Each circle is reported once, at its first service by name. */
export function checkCycles(context: ConsistencyContext): void {
  const { services } = context.project;
  const done = new Set<string>();
  const names = Object.keys(services).sort();
  for (const name of names) search(name, [], services, done, context);
}

function search(
  name: string,
  trail: readonly string[],
  services: Readonly<Record<string, Service>>,
  done: Set<string>,
  context: ConsistencyContext,
): void {
  const start = trail.indexOf(name);
  if (start !== -1) {
    const cycle = [...trail.slice(start), name];
    const [first = name, second = name] = cycle;
    reportPath(
      context,
      'dependency-cycle',
      ['services', first, 'depends_on', second],
      `These services wait for each other: ${cycle.join(' -> ')}.`,
      { atKey: true, data: { cycle } },
    );
    return;
  }
  const service = done.has(name) ? undefined : own(services, name);
  if (service === undefined) return;
  for (const dependency of Object.keys(service.depends_on ?? {}).sort()) {
    search(dependency, [...trail, name], services, done, context);
  }
  done.add(name);
}

import type { Service } from '../../model/project.ts';
import { type ConsistencyContext, own, reportPath } from './consistency-context.ts';
import { phrase } from '../../problem/phrase.ts';

interface Visit {
  readonly name: string;
  readonly dependencies: readonly string[];
  next: number;
}

/** Services must not wait for each other in a circle. Each circle is reported once, at its first service by name. */
export function checkCycles(context: ConsistencyContext): void {
  const { services } = context.project;
  const done = new Set<string>();
  for (const name of Object.keys(services).sort()) {
    if (!done.has(name)) search(name, services, done, context);
  }
}

/** Depth first with a stack of its own: chains can be longer than calls can be deep. */
function search(
  start: string,
  services: Readonly<Record<string, Service>>,
  done: Set<string>,
  context: ConsistencyContext,
): void {
  const trail: Visit[] = [visit(start, services)];
  const onTrail = new Map([[start, 0]]);
  for (let current = trail.at(-1); current !== undefined; current = trail.at(-1)) {
    const dependency = current.dependencies[current.next++];
    if (dependency === undefined) {
      done.add(current.name);
      onTrail.delete(current.name);
      trail.pop();
      continue;
    }
    const place = onTrail.get(dependency);
    if (place !== undefined) {
      reportCycle([...trail.slice(place).map(({ name }) => name), dependency], context);
    } else if (!done.has(dependency) && own(services, dependency) !== undefined) {
      onTrail.set(dependency, trail.length);
      trail.push(visit(dependency, services));
    }
  }
}

function visit(name: string, services: Readonly<Record<string, Service>>): Visit {
  return { name, dependencies: Object.keys(own(services, name)?.depends_on ?? {}).sort(), next: 0 };
}

function reportCycle(cycle: readonly string[], context: ConsistencyContext): void {
  const [first = '', second = first] = cycle;
  reportPath(
    context,
    'dependency-cycle',
    ['services', first, 'depends_on', second],
    phrase('dependency-cycle', { circle: cycle.join(' -> ') }),
    { atKey: true, data: { cycle } },
  );
}

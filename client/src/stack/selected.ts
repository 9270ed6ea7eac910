import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { shortName } from '../tree/row-text.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import type { Stack } from '../workspace/stacks.ts';

/** What a command is to work on: a whole project, or some of its services or containers. */
export interface Selection {
  readonly stack: Stack;
  /** Absent: all. */
  readonly services?: readonly string[];
  /** Just these; absent: all of the services'. */
  readonly containers?: readonly ContainerSummary[];
}

/** The containers a selection means. */
export function containersOf({ stack, services, containers }: Selection): readonly ContainerSummary[] {
  if (containers !== undefined) return containers;
  return stack.services
    .filter(({ name }) => services === undefined || services.includes(name))
    .flatMap((service) => service.containers);
}

/** Words for what is worked on: `shop`, `shop › web`, `shop › web-1`. */
export function titleOf({ stack, services, containers }: Selection): string {
  const parts = containers?.map(({ name }) => shortName(stack.name, name)) ?? services;
  if (stack.name === '') return parts?.join(', ') ?? '';
  return parts === undefined ? stack.name : `${stack.name} › ${parts.join(', ')}`;
}

/** The same where several are side by side, as in tabs: `shop · web-1`. */
export function tabTitleOf(selection: Selection): string {
  return titleOf(selection).replace(' › ', ' · ');
}

export function containerTitle(project: string, container: string): string {
  return project === '' ? container : `${project} · ${shortName(project, container)}`;
}

/** What rows that were chosen together mean, by stack, in the order of the rows. Rows of things that have gone mean nothing. */
export function selectedBy(
  rows: readonly TreeRow[],
  stackOf: (key: string) => Stack | undefined,
): readonly Selection[] {
  const byStack = new Map<string, TreeRow[]>();
  for (const row of rows) {
    if (!('stack' in row)) continue;
    const list = byStack.get(row.stack) ?? [];
    byStack.set(row.stack, list);
    list.push(row);
  }
  return [...byStack].flatMap(([key, chosen]) => {
    const stack = stackOf(key);
    return stack === undefined ? [] : selectedOf(stack, chosen);
  });
}

/** Networks, volumes and profiles chosen along with services say nothing about which services. */
function selectedOf(stack: Stack, chosen: readonly TreeRow[]): readonly Selection[] {
  if (chosen.some(({ kind }) => kind === 'project'))
    return stack.isOther === true ? [{ stack, containers: containersOf({ stack }) }] : [{ stack }];
  const rows = chosen.filter(({ kind }) => kind === 'service' || kind === 'container');
  if (rows.length === 0) return [];
  const services = new Set<string>();
  const whole = new Set<string>();
  const ids = new Set<string>();
  for (const row of rows) {
    if (row.kind === 'service') whole.add(row.service);
    if (row.kind === 'container') ids.add(row.container);
    if ('service' in row) services.add(row.service);
  }
  if (ids.size === 0) return [{ stack, services: [...services] }];
  const containers = stack.services.flatMap((service) =>
    service.containers.filter(({ id }) => whole.has(service.name) || ids.has(id)),
  );
  return [{ stack, services: [...services], containers }];
}

import { label } from '../../project/labels.ts';
import type { ContainerSummary } from '../../api/engine-objects.ts';
import type { ObservedState } from '../../observe/observe.ts';
import { existing, type Plan, planBuilder } from '../plan.ts';

/** How services go back. */
export interface WayBack {
  /** Every service after those it depends on. */
  readonly order: readonly string[];
  /** Services whose old and new containers can run at once: the old ones run before the new ones go. */
  readonly startFirst: ReadonlySet<string>;
}

const cause = { kind: 'taken-back' } as const;

/**
 * What makes of what there is now what there was before: containers that have come since go, those that ran and do not are started, in the order of their
 * dependencies; networks that have come since go. Volumes stay: they may hold something. Pure.
 */
export function planBack(before: ObservedState, now: ObservedState, { order, startFirst }: WayBack): Plan {
  const plan = planBuilder();
  const known = new Set(before.containers.map(({ id }) => id));
  const states = new Map(now.containers.map(({ id, state }) => [id, state]));
  const serviceOf = ({ labels }: ContainerSummary) => labels[label.service] ?? '';
  const all = [...before.containers, ...now.containers];
  const services = [...new Set([...order, ...all.map(serviceOf)])];
  const removed: number[] = [];
  let previous: readonly number[] = [];
  for (const service of services) {
    const isIts = (container: ContainerSummary) => serviceOf(container) === service;
    const added = now.containers.filter((container) => isIts(container) && !known.has(container.id));
    const stopped = before.containers.filter(
      (container) => isIts(container) && runs(container.state) && stands(states.get(container.id)),
    );
    const remove = (after: readonly number[]) =>
      added.map((container) => {
        const ref = existing(container, service);
        const ended = plan.add({ kind: 'stop-container', container: ref }, cause, after);
        return plan.add({ kind: 'remove-container', container: ref, volumes: false, force: true }, cause, [
          ended,
        ]);
      });
    const start = (after: readonly number[]) =>
      stopped.map((container) =>
        plan.add({ kind: 'start-container', container: existing(container, service) }, cause, after),
      );
    const earlier = startFirst.has(service) ? start(previous) : undefined;
    const gone = remove(earlier ?? []);
    const started = earlier ?? start([...previous, ...gone]);
    removed.push(...gone);
    if (started.length > 0) previous = started;
  }
  const networks = new Set(before.networks.map(({ id }) => id));
  for (const { id, name } of now.networks)
    if (!networks.has(id)) plan.add({ kind: 'remove-network', id, name, tolerant: true }, cause, removed);
  return { project: now.project, nodes: plan.nodes, warnings: [], upToDate: [] };
}

function runs(state: ContainerSummary['state']): boolean {
  return state === 'running' || state === 'restarting';
}

function stands(state: ContainerSummary['state'] | undefined): boolean {
  return state !== undefined && !runs(state);
}

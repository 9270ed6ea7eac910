import type { ContainerRef, Operation, Plan, PlanNode } from '../plan.ts';
import type { Cause } from '../cause.ts';

/** A step of a plan that is still being put together: it waits for others themselves, not for their numbers. */
export interface Draft {
  /** Its number in the plan it comes from: what references and causes name until all are numbered anew. */
  readonly origin?: number;
  operation: Operation;
  readonly cause: Cause;
  readonly after: Set<Draft>;
  readonly destroys?: PlanNode['destroys'];
}

/** A plan as drafts, in its order. Its steps are no longer told of in groups: here they are not done one right after the other. */
export function draftsOf({ nodes }: Plan): Draft[] {
  const drafts: Draft[] = [];
  for (const { id, operation, cause, after, destroys } of nodes)
    drafts.push({
      origin: id,
      operation,
      cause,
      after: new Set(after.flatMap((each) => drafts[each - 1] ?? [])),
      ...(destroys !== undefined && { destroys }),
    });
  return drafts;
}

/** Numbers drafts so that each comes after all it waits for, and otherwise in the order given. A circle is a bug, and throws. */
export function numbered(drafts: readonly Draft[]): readonly PlanNode[] {
  const ids = new Map<Draft, number>();
  const renumbered = new Map<number, number>();
  const pending = new Set(drafts);
  const nodes: PlanNode[] = [];
  while (pending.size > 0) {
    const next = [...pending].find(({ after }) => [...after].every((each) => ids.has(each)));
    if (next === undefined) throw new TypeError('the steps of the plan wait for each other');
    pending.delete(next);
    const id = nodes.length + 1;
    ids.set(next, id);
    if (next.origin !== undefined) renumbered.set(next.origin, id);
    nodes.push({
      id,
      operation: withContainers(next.operation, (ref) =>
        ref.kind === 'created' ? { ...ref, node: renumbered.get(ref.node) ?? ref.node } : ref,
      ),
      cause: causeIn(next.cause, renumbered),
      after: [...next.after].flatMap((each) => ids.get(each) ?? []).sort((a, b) => a - b),
      ...(next.destroys !== undefined && { destroys: next.destroys }),
    });
  }
  return nodes;
}

/** The operation on other containers. */
export function withContainers(
  operation: Operation,
  change: (container: ContainerRef) => ContainerRef,
): Operation {
  if (operation.kind === 'wait') return { ...operation, containers: operation.containers.map(change) };
  return 'container' in operation ? { ...operation, container: change(operation.container) } : operation;
}

function causeIn(cause: Cause, renumbered: ReadonlyMap<number, number>): Cause {
  return cause.kind === 'replaced'
    ? { kind: 'replaced', step: renumbered.get(cause.step) ?? cause.step }
    : cause;
}

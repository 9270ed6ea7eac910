import type { GraphModel } from './protocol.ts';

/** What a service needs, and what needs it, also over others. */
interface Path {
  readonly needs: ReadonlySet<string>;
  readonly neededBy: ReadonlySet<string>;
}

export function pathOf({ services }: GraphModel, name: string): Path {
  const on = new Map<string, string[]>(
    services.map((each) => [each.name, each.dependencies.map((dependency) => dependency.on)]),
  );
  const by = new Map<string, string[]>();
  for (const [from, targets] of on) for (const to of targets) by.set(to, [...(by.get(to) ?? []), from]);
  return { needs: reach(name, on), neededBy: reach(name, by) };
}

/** Whether the line from one service to another is on the way to or from `name`. */
export function isOnPath({ needs, neededBy }: Path, name: string, from: string, to: string): boolean {
  return (
    ((from === name || needs.has(from)) && needs.has(to)) ||
    ((to === name || neededBy.has(to)) && neededBy.has(from))
  );
}

function reach(name: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...(next.get(name) ?? [])];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (each === name || reached.has(each)) continue;
    reached.add(each);
    waiting.push(...(next.get(each) ?? []));
  }
  return reached;
}

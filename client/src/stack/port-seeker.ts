import { EngineError } from '#engine/api/engine-error.ts';
import type { PortSeeker } from '#engine/operations/port-conflict.ts';
import type { Stack } from '../workspace/stacks.ts';

/** Which services of a project publish the port that an operation failed for. */
export function portSeeker(
  { project }: { readonly project: string },
  stacks: readonly Pick<Stack, 'name' | 'declared'>[],
  error: unknown,
): PortSeeker {
  const port = error instanceof EngineError ? Number(/^\d+/.exec(error.subject ?? '')?.[0]) : Number.NaN;
  const services = stacks.find(({ name }) => name === project)?.declared?.loaded?.project.services ?? {};
  return {
    project,
    services: Object.entries(services)
      .filter(([, { ports }]) => ports?.some(({ published }) => holds(published, port)))
      .map(([name]) => name),
  };
}

/** Whether a published port, or range of them, has this one. */
export function holds(published: string | undefined, port: number): boolean {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(published ?? '') ?? [];
  return first !== undefined && Number(first) <= port && port <= Number(last);
}

import type { LoadedProject } from '#compose/load/request.ts';

/** By the files: services, enabled or not, and jobs. */
export function declaredIn({ project, disabled, jobs = [] }: LoadedProject): ReadonlySet<string> {
  return new Set([
    ...Object.keys(project.services),
    ...Object.keys(disabled),
    ...jobs.map(({ name }) => name),
  ]);
}

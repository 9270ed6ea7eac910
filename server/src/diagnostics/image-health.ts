import { phrase } from '#compose/problem/phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';

/**
 * A dependency without a health check in the files, now that its image is known: one that brings a check is right as it is, and without one
 * the project cannot start. `healthChecks`: whether images have one, by reference.
 */
export function withImageHealth(
  problems: readonly Problem[],
  healthChecks: ReadonlyMap<string, boolean>,
): readonly Problem[] {
  if (healthChecks.size === 0) return problems;
  return problems.flatMap((problem) => {
    const { name, dependency, image } = problem.data ?? {};
    if (problem.code !== 'unchecked-dependency' || typeof image !== 'string') return [problem];
    const has = healthChecks.get(image);
    if (has === undefined) return [problem];
    if (has) return [];
    const message = phrase('unchecked-dependency.image', {
      dependency: String(dependency),
      image,
      name: String(name),
    });
    return [{ ...problem, severity: 'warning', message } satisfies Problem];
  });
}

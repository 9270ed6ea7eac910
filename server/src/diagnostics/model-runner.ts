import { phrase } from '#compose/problem/phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { nodeAt } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import { formatPath } from '#compose/values/path.ts';

/** Where services use `models`, which an Up refuses without Docker Model Runner. */
export function usesOfModels(root: Node): readonly Problem[] {
  const services = nodeAt(root, ['services']);
  if (services?.kind !== 'map') return [];
  return services.entries.flatMap(({ key: { value: name } }): Problem[] => {
    const path = ['services', String(name), 'models'];
    const node = nodeAt(root, path);
    const span = node?.keySpan ?? node?.span;
    return span === undefined
      ? []
      : [
          {
            code: 'no-model-runner',
            message: phrase('no-model-runner', { name: String(name) }),
            severity: 'warning',
            span,
            path: formatPath(path),
          },
        ];
  });
}

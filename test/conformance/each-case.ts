import { test } from 'vitest';
import { readGroup } from './corpus.ts';

/** One test per recorded case, named by its id; one that is skipped with the reason when the corpus is not there. */
export function eachCase<Case extends { readonly id: string }>(
  group: string,
  check: (recorded: Case) => void | Promise<void>,
): void {
  const recorded = readGroup<Case>(group);
  if (recorded.found)
    test.for(recorded.cases.map((one) => [one.id, one] as const))('%s', ([, one]) => check(one));
  else test.skip(`${group}: ${recorded.reason}`, () => {});
}

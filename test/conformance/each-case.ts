import { expect, test } from 'vitest';
import { readGroup } from './corpus.ts';
import { differences } from './differences.ts';

/**
 * One test per recorded case, named by its id; one that is skipped with the reason when the corpus is not there. A case that is listed as a
 * difference must fail, or the list is out of date.
 */
export function eachCase<Case extends { readonly id: string }>(
  group: string,
  check: (recorded: Case) => void | Promise<void>,
): void {
  const recorded = readGroup<Case>(group);
  if (!recorded.found) {
    test.skip(`${group}: ${recorded.reason}`, () => {});
    return;
  }
  for (const one of recorded.cases) {
    const reason = differences.get(one.id);
    if (reason === undefined) test(one.id, () => check(one));
    else test(`${one.id} differs: ${reason}`, () => expect(async () => check(one)).rejects.toThrow());
  }
}

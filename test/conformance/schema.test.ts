import { describe, expect, test } from 'vitest';
import type { Problem } from '#compose/problem/problem.ts';
import { validateSchema } from '#compose/schema/validate.ts';
import { nodeOf } from '../compose/plain-to-node.ts';
import { readGroup } from './corpus.ts';

interface SchemaCase {
  readonly id: string;
  readonly input: unknown;
  readonly error: string | null;
}

const group = readGroup<SchemaCase>('loader/rec_schema');

describe('the schema accepts and refuses what Docker Compose does', () => {
  if (!group.found) {
    test.skip(`rec_schema: ${group.reason}`, () => {});
    return;
  }
  test.each(group.cases)('$id', ({ input, error }) => {
    const problems = validateSchema(nodeOf(input));
    expect(mostSpecificPath(problems)).toBe(error === null ? undefined : pathIn(error));
  });
});

/** Docker Compose names one mistake: the deepest. */
function mostSpecificPath(problems: readonly Problem[]): string | undefined {
  let best: string | undefined;
  let bestDepth = -1;
  for (const { path = '', code } of problems) {
    const dotted = path.replaceAll('[', '.').replaceAll(']', '');
    const depth =
      (dotted === '' ? 0 : dotted.split('.').length) + (code === 'schema-unknown-property' ? 1 : 0);
    if (depth > bestDepth) {
      best = dotted;
      bestDepth = depth;
    }
  }
  return best;
}

function pathIn(error: string): string {
  return error.slice(0, error.indexOf(' '));
}

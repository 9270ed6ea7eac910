import { expect, test } from 'vitest';
import { parallelOption } from '../../../cli/commands/up-options.ts';

const global = (parallel: number | undefined) => ({ parallel }) as Parameters<typeof parallelOption>[0];

test.each([
  [-1, {}, { parallel: Number.POSITIVE_INFINITY }],
  [4, { COMPOSE_PARALLEL_LIMIT: '2' }, { parallel: 4 }],
  [undefined, { COMPOSE_PARALLEL_LIMIT: '2' }, { parallel: 2 }],
  [0, {}, {}],
  [undefined, {}, {}],
])('a limit of %s beside %o', (parallel, environment, expected) => {
  expect(parallelOption(global(parallel), environment)).toEqual(expected);
});

import { expect, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import { breather } from '../../server/src/workspace/breather.ts';
import { memoryHost } from '../compose/load/memory-host.ts';

test('what arrives during long work has its turn in the next pause', async () => {
  const order: string[] = [];
  const breathe = breather(0);
  setImmediate(() => order.push('arrived'));
  order.push('worked');
  await breathe();
  order.push('went on');
  expect(order).toEqual(['worked', 'arrived', 'went on']);
});

test('short work does not pause', async () => {
  let isLate = false;
  setImmediate(() => {
    isLate = true;
  });
  await breather(60_000)();
  expect(isLate).toBe(false);
});

test('a load can pause between its stages, and finds the same', async () => {
  const files = {
    '/project/compose.yaml':
      'include: [part.yaml]\nservices:\n  web:\n    image: nginx:${TAG:-1}\n    depends_on: [db, none]\n',
    '/project/part.yaml': 'services:\n  db:\n    image: postgres:18\n    ports: ["80:80"]\n',
  };
  const request = { cwd: '/project' };
  let pauses = 0;
  const pausing = {
    ...memoryHost(files, {}),
    breathe: () => {
      pauses += 1;
      return new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    },
  };
  const found = await load(pausing, request);
  const { partial, problems } = await load(memoryHost(files, {}), request);
  expect(problems.map(({ code }) => code)).toEqual(['undefined-dependency']);
  expect(found.problems).toEqual(problems);
  expect(found.partial?.project).toEqual(partial?.project);
  // Two files of five stages, and the project's own.
  expect(pauses).toBeGreaterThanOrEqual(12);
});

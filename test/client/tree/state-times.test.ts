import { expect, it } from 'vitest';
import { Since } from '../../../client/src/tree/since.ts';
import { StateTimes } from '../../../client/src/tree/state-times.ts';
import { container } from '../containers.ts';

const now = 1_000_000_000_000;
const minute = 60_000;
const hour = 60 * minute;

it('learns the time that a listing rounds, once', async () => {
  const since = new Since();
  const asked: string[] = [];
  let rounds = 0;
  const times = new StateTimes(
    since,
    {
      inspect: async (id) => {
        asked.push(id);
        return { startedAt: now - 2 * hour - 55 * minute, finishedAt: undefined };
      },
    },
    () => {
      rounds += 1;
    },
  );
  const web = container({ name: 'web', status: 'Up 2 hours' });
  expect(since.of(web, now)).toBe(now - 2 * hour);
  await times.learn();
  expect(since.of(web, now)).toBe(now - 2 * hour - 55 * minute);
  const later = { ...web, status: 'Up 3 hours' };
  expect(since.of(later, now + 6 * minute)).toBe(now - 2 * hour - 55 * minute);
  await times.learn();
  expect(asked).toEqual(['id-of-web']);
  expect(rounds).toBe(1);
});

it('asks again after a restart, of exited ones for their end, and not when the sentence is exact', async () => {
  const since = new Since();
  const asked: string[] = [];
  const times = new StateTimes(
    since,
    {
      inspect: async (id) => {
        asked.push(id);
        return { startedAt: now - 5 * hour, finishedAt: now - 4 * hour - 1 };
      },
    },
    () => {},
  );
  const job = container({ name: 'job', state: 'exited', exitCode: 0, status: 'Exited (0) 4 hours ago' });
  since.of(job, now);
  await times.learn();
  expect(since.of(job, now)).toBe(now - 4 * hour - 1);
  const again = container({ name: 'job', status: 'Up 2 seconds' });
  expect(since.of(again, now)).toBe(now - 2000);
  await times.learn();
  expect(asked).toEqual(['id-of-job']);
});

it('keeps the estimate of what does not answer', async () => {
  const since = new Since();
  const times = new StateTimes(since, { inspect: () => Promise.reject(new Error('gone')) }, () => {});
  const web = container({ name: 'web', status: 'Up 3 days' });
  since.of(web, now);
  await times.learn();
  expect(since.of(web, now)).toBe(now - 72 * hour);
});

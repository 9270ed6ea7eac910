import type { Job } from '#compose/load/jobs.ts';

/** What `up` says of jobs: it starts none, and registers no schedule, which takes an extension of the engine. */
export function jobsNotStarted(jobs: readonly Job[]): readonly string[] {
  const named = (list: readonly Job[]) => list.map(({ name }) => name).join(', ');
  const manual = jobs.filter((job) => job.manual);
  const scheduled = jobs.filter(({ schedule }) => schedule.length > 0);
  return [
    ...(manual.length > 0 ? [`up does not start jobs: start one with "run NAME" (${named(manual)})`] : []),
    ...(scheduled.length > 0
      ? [`up does not register schedules with the engine, as Docker Compose 5.8 does (${named(scheduled)})`]
      : []),
  ];
}

import { recordOf } from '../values/record.ts';
import type { RawSchema } from './compile.ts';
import { isOfJobs } from './container-attributes.ts';

const schedule: RawSchema = {
  type: 'object',
  properties: {
    cron: {
      type: 'string',
      description:
        'When the job runs: minute, hour, day of the month, month, and day of the week, as numbers, lists (1,15), ranges (1-5), and steps (*/10). Names and shortcuts such as @daily are not accepted.',
    },
    timezone: {
      type: 'string',
      description: 'The IANA time zone in which cron is read, such as Europe/Paris. UTC if it is not set.',
    },
    concurrency: {
      type: 'string',
      enum: ['forbid', 'queue'],
      default: 'forbid',
      description:
        'What happens if the job is due while it still runs: forbid leaves the new run out, queue starts one when the current run has finished.',
    },
    missed_fires: {
      type: 'string',
      enum: ['one', 'skip'],
      default: 'one',
      description:
        'What happens to runs that were due while the engine was stopped: one makes up for all of them with a single run, skip leaves them out.',
    },
  },
  patternProperties: { '^x-': {} },
  additionalProperties: false,
  required: ['cron'],
};

const triggers: RawSchema = {
  type: 'object',
  properties: {
    manual: {
      type: ['boolean', 'string'],
      default: true,
      description:
        'Whether the job can be started with "run". False leaves it to its schedule. True and a schedule exclude each other, because true is the default.',
    },
    schedule: {
      type: 'array',
      items: { oneOf: [{ type: 'string' }, schedule] },
      description:
        'When the engine starts the job by itself: a cron expression, or a mapping. One entry is supported.',
    },
  },
  patternProperties: { '^x-': {} },
  additionalProperties: false,
  description:
    'What starts the job: you, with "run" (manual), a schedule, or both. At least one is required.',
};

/**
 * The schema with the top-level `jobs`, which the published one does not have yet: containers that run to completion, each described as a service is,
 * without what manages a service that keeps running. Source: the Compose file reference of Docker Compose 5.8, "jobs" (experimental).
 */
export function withJobs(schema: RawSchema): RawSchema {
  const service = schema.$defs?.service ?? {};
  const kept = Object.entries(service.properties ?? {}).filter(([name]) => isOfJobs(name));
  const job: RawSchema = {
    ...service,
    properties: recordOf([...kept, ['triggers', triggers]]),
    required: ['triggers'],
  };
  const jobs: RawSchema = {
    type: 'object',
    patternProperties: { '^[a-zA-Z0-9._-]+$': job },
    additionalProperties: false,
    description:
      'Containers that run to completion, such as migrations and backups. They are started with "run", or by a schedule.',
  };
  return { ...schema, properties: { ...schema.properties, jobs } };
}

/** What manages a service that keeps running: a job has none of it. */
const serviceOnly = [
  'attach',
  'container_name',
  'deploy',
  'develop',
  'extends',
  'external_links',
  'links',
  'post_start',
  'pre_start',
  'pre_stop',
  'provider',
  'restart',
  'scale',
] as const;

/** What makes a container part of a project: a step that runs before a service starts has none of it. */
const workloadOnly = [
  'build',
  'depends_on',
  'expose',
  'healthcheck',
  'ports',
  'profiles',
  'stdin_open',
  'tty',
] as const;

export type ServiceOnly = (typeof serviceOnly)[number];
export type WorkloadOnly = (typeof workloadOnly)[number];

const notOfJobs: ReadonlySet<string> = new Set(serviceOnly);
const notOfSteps: ReadonlySet<string> = new Set([...serviceOnly, ...workloadOnly]);

/** Whether a job takes this attribute of a service (compose-spec pull request 642, "workload_spec"). */
export function isOfJobs(attribute: string): boolean {
  return !notOfJobs.has(attribute);
}

/** Whether a step of `pre_start` takes this attribute of a service (compose-spec pull request 642, "container_spec"). */
export function isOfSteps(attribute: string): boolean {
  return !notOfSteps.has(attribute);
}

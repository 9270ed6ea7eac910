import { type Phrase, phrase } from '../problem/phrase.ts';
import { mapOf } from '../syntax/build.ts';
import { entryOf, keyText, stringOf, valueIn, withoutKey, withValue } from '../syntax/edit.ts';
import type { MapEntry, MapNode, Node } from '../syntax/node.ts';
import { type Report, reportAt } from '../syntax/report.ts';
import type { Path } from '../values/path.ts';

/** A container that runs to completion: started by a person, or by a schedule of the engine. */
export interface Job {
  readonly name: string;
  /** Whether `run` may start it (`triggers.manual`). */
  readonly manual: boolean;
  /** Cron expressions as written; empty: it has no schedule. */
  readonly schedule: readonly string[];
}

/** A model in which each job stands among the services, without its triggers: what is checked and started is the same for both. */
export interface WithJobs {
  readonly model: MapNode;
  readonly jobs: readonly Job[];
}

/**
 * Puts the jobs of a model among its services, and reports what is wrong with them alone: a name that a service has, triggers that contradict each other or
 * say nothing, a schedule that is not one, and a service that waits for a job (Compose file reference, "jobs").
 */
export function joinJobs(model: MapNode, report: Report): WithJobs {
  const section = entryOf(model, 'jobs');
  if (section?.value.kind !== 'map') return { model: withoutKey(model, 'jobs'), jobs: [] };
  reportAt(report, 'experimental-jobs', section.key, ['jobs'], phrase('experimental-jobs'));
  const services = valueIn(model, 'services');
  const taken = services?.kind === 'map' ? services.entries : [];
  const jobs: Job[] = [];
  const moved: MapEntry[] = [];
  for (const entry of section.value.entries) {
    const name = keyText(entry);
    if (taken.some((service) => keyText(service) === name)) {
      reportAt(report, 'job-name', entry.key, ['jobs', name], phrase('job-name', { name }));
      continue;
    }
    jobs.push({ name, ...triggersOf(entry.value, name, report) });
    const value = entry.value.kind === 'map' ? withoutKey(entry.value, 'triggers') : entry.value;
    moved.push({ ...entry, value });
  }
  checkDependants(taken, new Set(jobs.map(({ name }) => name)), report);
  const base = services?.kind === 'map' ? services : section.value;
  const joined = withValue(withoutKey(model, 'jobs'), 'services', mapOf(base, [...taken, ...moved]));
  return { model: joined, jobs };
}

/** The model without these services, for what is not about jobs. */
export function withoutServices(model: MapNode, names: ReadonlySet<string>): MapNode {
  const section = valueIn(model, 'services');
  if (section?.kind !== 'map') return model;
  const entries = section.entries.filter((entry) => !names.has(keyText(entry)));
  return entries.length === 0
    ? withoutKey(model, 'services')
    : withValue(model, 'services', { ...section, entries });
}

function triggersOf(job: Node, name: string, report: Report): Omit<Job, 'name'> {
  const triggers = valueIn(job, 'triggers');
  const path = ['jobs', name, 'triggers'];
  if (triggers?.kind !== 'map') return { manual: true, schedule: [] };
  const manual = valueIn(triggers, 'manual');
  const schedules = valueIn(triggers, 'schedule');
  const entries = schedules?.kind === 'seq' ? schedules.items : [];
  const isManual = manual?.kind !== 'scalar' || !/^(?:false|n|no|off)$/i.test(manual.source);
  if (manual === undefined && entries.length === 0)
    reportAt(report, 'job-triggers', triggers, path, phrase('job-triggers', { name }));
  if (manual !== undefined && isManual && entries.length > 0)
    reportAt(report, 'job-triggers', manual, [...path, 'manual'], phrase('job-triggers.both'));
  if (manual !== undefined && !isManual && entries.length === 0)
    reportAt(report, 'job-never-runs', manual, [...path, 'manual'], phrase('job-never-runs', { name }));
  const second = entries[1];
  if (second !== undefined)
    reportAt(report, 'job-schedule', second, [...path, 'schedule', 1], phrase('job-schedule.second'));
  for (const [index, entry] of entries.entries()) checkSchedule(entry, [...path, 'schedule', index], report);
  return { manual: isManual, schedule: entries.map(cronOf) };
}

/** A cron expression, or a mapping with one. */
function cronOf(entry: Node): string {
  return stringOf(entry) ?? stringOf(valueIn(entry, 'cron')) ?? '';
}

function checkSchedule(entry: Node, path: Path, report: Report): void {
  const wrong = wrongCron(cronOf(entry));
  if (wrong !== undefined) reportAt(report, 'job-schedule', valueIn(entry, 'cron') ?? entry, path, wrong);
  const timezone = valueIn(entry, 'timezone');
  const zone = stringOf(timezone) ?? '';
  if (timezone === undefined || zone === '' || zone.includes('$') || isTimeZone(zone)) return;
  const message = phrase('job-schedule.timezone', { zone });
  reportAt(report, 'job-schedule', timezone, [...path, 'timezone'], message);
}

/** What a service waits for runs for as long as the project does: a job is no such thing. */
function checkDependants(services: readonly MapEntry[], jobs: ReadonlySet<string>, report: Report): void {
  for (const { key, value } of services) {
    const dependencies = valueIn(value, 'depends_on');
    if (dependencies?.kind !== 'map') continue;
    for (const entry of dependencies.entries) {
      const job = keyText(entry);
      const name = keyText({ key, value });
      if (jobs.has(job))
        reportAt(
          report,
          'job-dependency',
          entry.key,
          ['services', name, 'depends_on', job],
          phrase('job-dependency', { name, job }),
        );
    }
  }
}

/** The least and the most of each field: minute, hour, day of the month, month, day of the week. */
const fields = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** What the engine would not take in a crontab expression; `undefined`: it is fine, or it has a variable. */
function wrongCron(expression: string): Phrase | undefined {
  if (expression === '' || expression.includes('$')) return undefined;
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) return phrase('job-schedule.fields', { expression });
  for (const [index, [least, most]] of fields.entries()) {
    const field = parts[index] ?? '';
    if (!field.split(',').every((item) => isCronItem(item, least, most)))
      return phrase('job-schedule', { expression, field, least, most });
  }
  return undefined;
}

function isCronItem(item: string, least: number, most: number): boolean {
  const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(item);
  if (match === null) return false;
  const [, from, to, step] = match.map((text) => (text === undefined ? undefined : Number(text)));
  const isWithin = (value: number | undefined) => value === undefined || (value >= least && value <= most);
  return isWithin(from) && isWithin(to) && (from ?? 0) <= (to ?? most) && (step ?? 1) > 0;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

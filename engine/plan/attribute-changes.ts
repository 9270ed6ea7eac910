import type { ContainerDetails } from '../api/engine-objects.ts';
import { composeValues } from './compose-values.ts';

/** One attribute of the Compose model that differs between a wanted container and an existing one. */
export interface AttributeChange {
  /** `environment.DEBUG`, `healthcheck.interval`, `ports`. */
  readonly attribute: string;
  /** As one would write it in the file, where that is known; `undefined`: not set. May be a secret. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What differs, by attribute and sorted. For telling a person why a container is replaced; the configuration hash alone decides whether it is.
 */
export function attributeChanges(
  wanted: Readonly<Record<string, unknown>>,
  existing: ContainerDetails,
  imageConfig: Readonly<Record<string, unknown>> | undefined,
): readonly AttributeChange[] {
  const changed: Changes = new Map();
  const wantedHost = record(wanted.HostConfig);
  compareEnvironment(wanted.Env, existing.config.Env, imageConfig?.Env, changed);
  compareLabels(record(wanted.Labels), record(existing.config.Labels), record(imageConfig?.Labels), changed);
  for (const [field, attribute] of configFields) {
    const before = existing.config[field];
    const image = imageConfig?.[field];
    if (field in wanted ? !same(wanted[field], before) : !empty(before) && !same(before, image)) {
      note(changed, attribute, field, before, wanted[field] ?? image);
    }
  }
  const check = record(wanted.Healthcheck);
  const checkBefore = record(existing.config.Healthcheck);
  const checkOfImage = record(imageConfig?.Healthcheck);
  for (const [field, attribute] of healthFields) {
    const before = checkBefore[field];
    const after = empty(check[field]) ? checkOfImage[field] : check[field];
    if (!same(after, before)) note(changed, attribute, field, before, after);
  }
  for (const [field, attribute] of hostFields) {
    const before = existing.hostConfig[field];
    if (!same(wantedHost[field], before)) note(changed, attribute, field, before, wantedHost[field]);
  }
  const policies = [restartOf(existing.hostConfig), restartOf(wantedHost)] as const;
  if (!same(policies[1], policies[0])) note(changed, 'restart', 'RestartPolicy', ...policies);
  return [...changed]
    .map(([attribute, [before, after]]) => ({ attribute, before, after }))
    .sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
}

type Changes = Map<string, readonly [before: unknown, after: unknown]>;

/** Of two fields that one attribute stands for, the first is told. */
function note(changed: Changes, attribute: string, field: string, before: unknown, after: unknown): void {
  const toCompose = composeValues[field] ?? ((value) => value);
  if (!changed.has(attribute)) changed.set(attribute, [toCompose(before), toCompose(after)]);
}

const configFields: readonly (readonly [string, string])[] = [
  ['Image', 'image'],
  ['Cmd', 'command'],
  ['Entrypoint', 'entrypoint'],
  ['User', 'user'],
  ['WorkingDir', 'working_dir'],
  ['Domainname', 'domainname'],
  ['Tty', 'tty'],
  ['OpenStdin', 'stdin_open'],
  ['StopSignal', 'stop_signal'],
  ['StopTimeout', 'stop_grace_period'],
];

const healthFields: readonly (readonly [string, string])[] = [
  ['Test', 'healthcheck.test'],
  ['Interval', 'healthcheck.interval'],
  ['Timeout', 'healthcheck.timeout'],
  ['Retries', 'healthcheck.retries'],
  ['StartPeriod', 'healthcheck.start_period'],
  ['StartInterval', 'healthcheck.start_interval'],
];

const hostFields: readonly (readonly [string, string])[] = [
  ['PortBindings', 'ports'],
  ['Binds', 'volumes'],
  ['Mounts', 'volumes'],
  ['Tmpfs', 'tmpfs'],
  ['VolumesFrom', 'volumes_from'],
  ['NetworkMode', 'networks'],
  ['CapAdd', 'cap_add'],
  ['CapDrop', 'cap_drop'],
  ['Dns', 'dns'],
  ['ExtraHosts', 'extra_hosts'],
  ['Init', 'init'],
  ['Privileged', 'privileged'],
  ['ReadonlyRootfs', 'read_only'],
  ['Memory', 'mem_limit'],
  ['MemoryReservation', 'mem_reservation'],
  ['NanoCpus', 'cpus'],
  ['CpuShares', 'cpu_shares'],
  ['CpusetCpus', 'cpuset'],
  ['PidsLimit', 'pids_limit'],
  ['Sysctls', 'sysctls'],
  ['Ulimits', 'ulimits'],
];

/** Engines write `no` for none. */
function restartOf(hostConfig: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const policy = record(hostConfig.RestartPolicy);
  return policy.Name === 'no' ? {} : policy;
}

function compareEnvironment(wanted: unknown, before: unknown, image: unknown, changed: Changes): void {
  const wantedVariables = variables(wanted);
  const imageVariables = variables(image);
  const existing = variables(before);
  for (const [key, value] of wantedVariables) {
    if (value !== undefined && existing.get(key) !== value)
      note(changed, `environment.${key}`, '', existing.get(key), value);
  }
  for (const [key, value] of existing) {
    if (!wantedVariables.has(key) && imageVariables.get(key) !== value)
      note(changed, `environment.${key}`, '', value, imageVariables.get(key));
  }
}

function compareLabels(
  wanted: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
  image: Readonly<Record<string, unknown>>,
  changed: Changes,
): void {
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(before)])) {
    if (key.startsWith('com.docker.compose.')) continue;
    const expected = wanted[key] ?? image[key];
    if (expected !== before[key]) note(changed, `labels.${key}`, '', before[key], expected);
  }
}

function variables(list: unknown): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const entry of Array.isArray(list) ? list : []) {
    if (typeof entry !== 'string') continue;
    const at = entry.indexOf('=');
    if (at < 0) found.set(entry, undefined);
    else found.set(entry.slice(0, at), entry.slice(at + 1));
  }
  return found;
}

/** Equal but for what the engine fills in: empty values, order of keys, fields that were not asked for. */
function same(wanted: unknown, before: unknown): boolean {
  if (empty(wanted)) return empty(before);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(before) &&
      wanted.length === before.length &&
      wanted.every((item, i) => same(item, before[i]))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const a = record(wanted);
    const b = record(before);
    const extra = Object.keys(b).filter((key) => !(key in a) && !empty(b[key]));
    return extra.length === 0 && Object.keys(a).every((key) => same(a[key], b[key]));
  }
  return wanted === before;
}

function empty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(empty);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

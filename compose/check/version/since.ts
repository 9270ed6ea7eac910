import { type Path, PatternTable } from '../../values/path.ts';

/**
 * The release of Docker Compose whose loader first had an attribute in its schema: found by comparing the schema of the loader that each release was built
 * with, from 2.0 to 5.3; `jobs` from its documentation. Where the loader was ahead, the release that did something with it (`include`, `provider`). What is older than 2.3 is not listed.
 */
export const attributes: Readonly<Record<string, string>> = {
  '2.3.0': 'name, services.*.deploy.resources.limits.pids, services.*.volumes[].bind.selinux',
  '2.4.0':
    'services.*.build.cache_to, services.*.build.no_cache, services.*.build.pull, services.*.build.ssh',
  '2.5.0': 'services.*.build.secrets',
  '2.5.1': 'services.*.build.tags',
  '2.6.0': 'secrets.*.environment',
  '2.10.0': 'services.*.build.platforms',
  '2.14.0': 'services.*.volumes[].tmpfs.mode',
  '2.15.0': 'services.*.build.privileged',
  '2.15.1': 'services.*.uts',
  '2.16.0': 'services.*.cgroup',
  '2.17.0':
    'services.*.build.additional_contexts, services.*.build.dockerfile_inline, services.*.depends_on.*.restart',
  '2.18.0': 'services.*.annotations',
  '2.20.0': 'include, services.*.attach, services.*.depends_on.*.required',
  '2.20.2': 'services.*.healthcheck.start_interval',
  '2.22.0': 'services.*.develop',
  '2.23.1': 'configs.*.content, configs.*.environment, services.*.build.ulimits',
  '2.23.2': 'services.*.networks.*.mac_address',
  '2.24.0': 'services.*.env_file[].path, services.*.env_file[].required',
  '2.25.0': 'services.*.ports[].app_protocol, services.*.ports[].name, services.*.volumes[].volume.subpath',
  '2.27.0': 'services.*.build.entitlements',
  '2.27.1': 'services.*.networks.*.driver_opts',
  '2.29.3': 'services.*.devices[].source, services.*.devices[].target, services.*.devices[].permissions',
  '2.30.0':
    'services.*.env_file[].format, services.*.gpus, services.*.post_start, services.*.pre_stop, services.*.volumes[].bind.recursive',
  '2.32.0': 'services.*.develop.watch[].exec, services.*.label_file',
  '2.33.0': 'networks.*.enable_ipv4, services.*.networks.*.gw_priority',
  '2.34.0': 'services.*.develop.watch[].include, services.*.pull_refresh_after',
  '2.35.0': 'services.*.volumes[].image, services.*.volumes[].volume.labels',
  '2.36.0': 'services.*.networks.*.interface_name, services.*.provider',
  '2.37.2': 'services.*.use_api_socket',
  '2.38.0': 'models, services.*.models',
  '2.38.1': 'services.*.models.*.model_var',
  '2.39.0': 'services.*.build.provenance, services.*.build.sbom',
  '2.39.4': 'services.*.develop.watch[].initial_sync',
  '5.0.0': 'services.*.build.no_cache_filter',
  '5.3.0': 'services.*.pre_start',
  '5.6.0': 'jobs, services.*.pre_start[].*',
};

/** What a step of `pre_start` took from the beginning. */
const firstOfSteps = ['command', 'environment', 'image', 'per_replica', 'privileged', 'user', 'working_dir'];

/** Values of attributes that are older than they. */
const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'services.*.develop.watch[].action': { 'sync+restart': '2.23.0', restart: '2.32.0', 'sync+exec': '2.32.0' },
  'services.*.volumes[].type': { image: '2.35.0' },
};

/**
 * Attributes that releases took and did nothing with, by the first one that does: found by looking for the first release that reads them when it makes
 * containers and networks.
 */
const effects: Readonly<Record<string, string>> = {
  'services.*.oom_kill_disable': '2.1.1',
  'services.*.group_add': '2.2.3',
  'services.*.device_cgroup_rules': '2.3.3',
  'services.*.networks.*.link_local_ips': '2.9.0',
  'services.*.oom_score_adj': '2.14.0',
  'services.*.cpu_percent': '2.14.2',
  'services.*.healthcheck.start_interval': '2.24.0',
  'services.*.storage_opt': '2.24.4',
  'services.*.annotations': '2.26.0',
  'services.*.volumes[].volume.subpath': '2.26.0',
};

/** What no release of Docker Compose does anything with: it is there for a swarm, or for Windows. */
const without: readonly string[] = [
  'services.*.credential_spec',
  'services.*.deploy.endpoint_mode',
  'services.*.deploy.labels',
  'services.*.deploy.placement.constraints',
  'services.*.deploy.placement.preferences',
  'services.*.deploy.placement.max_replicas_per_node',
  'services.*.deploy.rollback_config',
  'services.*.deploy.update_config',
  'services.*.deploy.resources.reservations.generic_resources',
];

/** What is new at a place: the attribute itself, some of its values, or that it does something. */
export interface Novelty {
  readonly since?: string;
  /** The first release that does something with it, where earlier ones take it too; `never`: none does. */
  readonly effect?: string;
  readonly values?: Readonly<Record<string, string>>;
}

export const novelties = new PatternTable<Novelty>(byPattern());

function byPattern(): Map<string, Novelty> {
  const found = new Map<string, Novelty>();
  const add = (pattern: string, novelty: Novelty) =>
    found.set(pattern, { ...found.get(pattern), ...novelty });
  for (const [since, patterns] of Object.entries(attributes))
    for (const pattern of patterns.split(', ')) add(pattern, { since });
  for (const [pattern, since] of Object.entries(values)) add(pattern, { values: since });
  for (const [pattern, effect] of Object.entries(effects)) add(pattern, { effect });
  for (const pattern of without) add(pattern, { effect: 'never' });
  for (const name of firstOfSteps) add(`services.*.pre_start[].${name}`, {});
  return found;
}

/** The release that brought an attribute, `2.24.0`; `undefined` where all that are in use have it. */
export function sinceOf(path: Path): string | undefined {
  return novelties.match(path)?.since;
}

/** Whether a release is older than another. `2.20` is the last of its kind: newer than `2.20.2`. */
export function isBefore(target: string, since: string): boolean {
  const [ours, theirs] = [target, since].map((text) => text.replace(/^v/, '').split('.').map(Number));
  for (const [i, part] of (ours ?? []).entries()) {
    const other = theirs?.[i] ?? 0;
    if (part !== other) return part < other;
  }
  return false;
}

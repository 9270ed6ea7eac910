import { PatternTable } from '../path.ts';
type Cast = (text: string) => string | number | boolean | undefined;
const int: Cast = (t) => (/^[+-]?\d+$/.test(t) ? Number(t) : undefined);
const float: Cast = (t) => (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(t) ? Number(t) : undefined);
const bool: Cast = (t) => {
  const l = t.toLowerCase();
  if (['true', 'y', 'yes', 'on'].includes(l)) return true;
  if (['false', 'n', 'no', 'off'].includes(l)) return false;
  return undefined;
};
const s = (names: string, cast: Cast): [string, Cast][] =>
  names.split(' ').map((n) => [`services.*.${n}`, cast]);
export const casts = new PatternTable<Cast>([
  ...s(
    'cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares oom_score_adj pids_limit deploy.replicas deploy.update_config.parallelism deploy.rollback_config.parallelism deploy.restart_policy.max_attempts deploy.placement.max_replicas_per_node healthcheck.retries ports[].target scale ulimits.* ulimits.*.soft ulimits.*.hard',
    int,
  ),
  ...s(
    'cpu_percent cpus deploy.update_config.max_failure_ratio deploy.rollback_config.max_failure_ratio',
    float,
  ),
  ...s(
    'init depends_on.*.required depends_on.*.restart healthcheck.disable oom_kill_disable privileged read_only stdin_open tty volumes[].read_only volumes[].volume.nocopy',
    bool,
  ),
  ...['external', 'internal', 'attachable', 'enable_ipv4', 'enable_ipv6'].map((n): [string, Cast] => [
    `networks.*.${n}`,
    bool,
  ]),
  ...['volumes', 'secrets', 'configs'].map((n): [string, Cast] => [`${n}.*.external`, bool]),
]);

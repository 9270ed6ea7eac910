import { isDecimalNumber, isWholeNumber } from '../values/number.ts';
import { PatternTable } from '../values/path.ts';
import { phrase, type Phrase } from '../problem/phrase.ts';

/** What a text becomes where something else than text is wanted. */
export type Cast = (text: string) => CastResult;

export type CastResult =
  | {
      readonly kind: 'value';
      readonly value: number | bigint | boolean;
      /** `yes`, `no`, `on`, `off`, `y`, `n`: Docker Compose warns of them. */
      readonly legacy?: true;
    }
  | { readonly kind: 'mismatch'; readonly expected: Phrase };

/** A whole number in 64 bits. */
export const toInteger: Cast = (text) => {
  if (!isWholeNumber(text)) return { kind: 'mismatch', expected: phrase('type.integer') };
  const value = BigInt(text.replace(/^\+/, ''));
  if (value !== BigInt.asIntN(64, value))
    return { kind: 'mismatch', expected: phrase('expected.integer-64') };
  const number = Number(value);
  return { kind: 'value', value: Number.isSafeInteger(number) ? number : value };
};

export const toFloat: Cast = (text) => {
  const value = isDecimalNumber(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value)
    ? { kind: 'value', value }
    : { kind: 'mismatch', expected: phrase('type.number') };
};

export const toBoolean: Cast = (text) => {
  switch (text.toLowerCase()) {
    case 'true':
      return { kind: 'value', value: true };
    case 'false':
      return { kind: 'value', value: false };
    case 'y':
    case 'yes':
    case 'on':
      return { kind: 'value', value: true, legacy: true };
    case 'n':
    case 'no':
    case 'off':
      return { kind: 'value', value: false, legacy: true };
    default:
      return { kind: 'mismatch', expected: phrase('type.boolean') };
  }
};

const serviceCasts: readonly (readonly [cast: Cast, attributes: readonly string[]])[] = [
  [
    toInteger,
    [
      'cpu_count',
      'cpu_period',
      'cpu_quota',
      'cpu_rt_period',
      'cpu_rt_runtime',
      'cpu_shares',
      'deploy.placement.max_replicas_per_node',
      'deploy.replicas',
      'deploy.restart_policy.max_attempts',
      'deploy.rollback_config.parallelism',
      'deploy.update_config.parallelism',
      'healthcheck.retries',
      'oom_score_adj',
      'pids_limit',
      'ports[].target',
      'scale',
      'ulimits.*',
      'ulimits.*.hard',
      'ulimits.*.soft',
    ],
  ],
  [
    toFloat,
    [
      'cpu_percent',
      'cpus',
      'deploy.rollback_config.max_failure_ratio',
      'deploy.update_config.max_failure_ratio',
    ],
  ],
  [
    toBoolean,
    [
      'depends_on.*.required',
      'depends_on.*.restart',
      'healthcheck.disable',
      'init',
      'oom_kill_disable',
      'privileged',
      'read_only',
      'stdin_open',
      'tty',
      'volumes[].read_only',
      'volumes[].volume.nocopy',
    ],
  ],
];

const resourceBooleans = [
  'networks.*.attachable',
  'networks.*.enable_ipv4',
  'networks.*.enable_ipv6',
  'networks.*.external',
  'networks.*.internal',
  'volumes.*.external',
  'secrets.*.external',
  'configs.*.external',
];

/** Where texts, interpolated or not, are taken for numbers and booleans. */
export const casts = new PatternTable<Cast>([
  ...serviceCasts.flatMap(([cast, attributes]) =>
    attributes.map((attribute) => [`services.*.${attribute}`, cast] as const),
  ),
  ...resourceBooleans.map((path) => [path, toBoolean] as const),
]);

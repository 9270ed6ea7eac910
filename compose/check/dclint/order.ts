import type { Plain } from '../../syntax/to-plain.ts';
import { recordOf, stringsIn } from './config.ts';

/** The order of a service's keys, group by group, and of the top level: dclint's defaults. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'Core Definitions': ['image', 'build', 'container_name'],
  'Service Dependencies': ['depends_on'],
  'Data Management and Configuration': ['volumes', 'volumes_from', 'configs', 'secrets'],
  'Environment Configuration': ['environment', 'env_file'],
  Networking: ['ports', 'networks', 'network_mode', 'extra_hosts'],
  'Runtime Behavior': ['command', 'entrypoint', 'working_dir', 'restart', 'healthcheck'],
  'Operational Metadata': ['logging', 'labels'],
  'Security and Execution Context': ['user', 'isolation'],
  Other: [],
};
const topLevel = [
  'x-properties',
  'version',
  'name',
  'include',
  'services',
  'networks',
  'volumes',
  'secrets',
  'configs',
];

/** A service's keys as they should stand; merge keys stay first. */
export function serviceKeyOrder(
  keys: readonly string[],
  options: Readonly<Record<string, Plain>>,
): readonly string[] {
  const own = recordOf(options.groups);
  const wanted = stringsIn(options.groupOrder);
  const order = (wanted.length > 0 ? wanted : Object.keys(groups)).flatMap((group) =>
    own[group] === undefined ? (groups[group] ?? []) : stringsIn(own[group]),
  );
  return ordered(keys, (key) =>
    key === '<<' ? -1 : order.indexOf(key) === -1 ? order.length : order.indexOf(key),
  );
}

/** The top level's keys as they should stand. */
export function topLevelOrder(
  keys: readonly string[],
  options: Readonly<Record<string, Plain>>,
): readonly string[] {
  const custom = stringsIn(options.customOrder);
  const order = [...custom, ...topLevel.filter((key) => !custom.includes(key))];
  return ordered(keys, (key) => {
    const at = order.indexOf(key.startsWith('x-') ? 'x-properties' : key);
    return at === -1 ? order.length : at;
  });
}

export function alphabetical(keys: readonly string[]): readonly string[] {
  return [...keys].sort((a, b) => a.localeCompare(b, 'en'));
}

/** By rank, those of one rank that nobody put in order by name. */
function ordered(keys: readonly string[], rank: (key: string) => number): readonly string[] {
  return [...keys].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'));
}

import { type Path, PatternTable } from '#compose/values/path.ts';
import type { Shape, Suggestion } from './suggestion.ts';

interface Known {
  readonly shape: Shape;
  readonly names: readonly string[];
}

const limits = 'nofile memlock nproc core stack rtprio fsize data cpu nice msgqueue sigpending'.split(' ');

/** Keys that the schema does not list, because others are possible too. */
const table = new PatternTable<Known>([
  [
    'services.*.ulimits',
    {
      shape: 'scalar',
      names: limits,
    },
  ],
  ['services.*.build.ulimits', { shape: 'scalar', names: limits }],
  ['services.*.extra_hosts', { shape: 'scalar', names: ['host.docker.internal'] }],
  ['services.*.build.extra_hosts', { shape: 'scalar', names: ['host.docker.internal'] }],
  [
    'networks.*.driver_opts',
    { shape: 'scalar', names: ['com.docker.network.bridge.name', 'com.docker.network.driver.mtu'] },
  ],
  [
    'services.*.logging.options',
    { shape: 'scalar', names: 'max-size max-file compress tag labels env mode'.split(' ') },
  ],
  [
    'services.*.sysctls',
    {
      shape: 'scalar',
      names:
        'net.core.somaxconn net.ipv4.ip_forward net.ipv4.tcp_syncookies net.ipv4.ip_unprivileged_port_start net.ipv6.conf.all.disable_ipv6'.split(
          ' ',
        ),
    },
  ],
  ['volumes.*.driver_opts', { shape: 'scalar', names: 'type o device'.split(' ') }],
]);

/** The same in a list: `net.core.somaxconn=`. */
export function knownItems(path: Path, present: readonly string[]): Suggestion[] {
  if (typeof path.at(-1) !== 'number') return [];
  const written = new Set(present.map((item) => item.split('=')[0]));
  const names = path[2] === 'sysctls' ? (table.match(path.slice(0, -1))?.names ?? []) : [];
  return names.flatMap((name, order): Suggestion[] =>
    written.has(name)
      ? []
      : [{ label: `${name}=`, as: { raw: `${name}=` }, kind: 'attribute', rank: 2, order }],
  );
}

export function knownKeys(path: Path, present: readonly string[]): Suggestion[] {
  const known = table.match(path);
  if (known === undefined) return [];
  const { names, shape } = known;
  return names.flatMap((name, order): Suggestion[] =>
    present.includes(name)
      ? []
      : [{ label: name, as: { key: name, shape }, kind: 'attribute', rank: 2, order, again: true }],
  );
}

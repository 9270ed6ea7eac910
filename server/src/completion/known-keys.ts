import { type Path, PatternTable } from '#compose/values/path.ts';
import type { Shape, Suggestion } from './suggestion.ts';

interface Known {
  readonly shape: Shape;
  readonly names: readonly string[];
}

/** Keys that the schema does not list, because others are possible too. */
const table = new PatternTable<Known>([
  [
    'services.*.ulimits',
    {
      shape: 'scalar',
      names: 'nofile memlock nproc core stack rtprio fsize data cpu nice msgqueue sigpending'.split(' '),
    },
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

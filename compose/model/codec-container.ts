import { isOfSteps } from '../schema/container-attributes.ts';
import { type Codec, type Field, list, struct } from './codec.ts';
import { environment, mapping, options } from './codec-collections.ts';
import { always, filled, given, strings } from './codec-fields.ts';
import { bool, bytes, command, duration, healthcheckTest, int, string, uint } from './codec-scalars.ts';

const blkioRates = list(struct([always('path', string, '', 'Path'), always('rate', bytes, '0', 'Rate')]), {
  Path: '',
  Rate: '0',
});

export const blkio = struct([
  filled('weight', uint),
  filled(
    'weight_device',
    list(struct([always('path', string, '', 'Path'), always('weight', uint, 0, 'Weight')]), {
      Path: '',
      Weight: 0,
    }),
  ),
  filled('device_read_bps', blkioRates),
  filled('device_read_iops', blkioRates),
  filled('device_write_bps', blkioRates),
  filled('device_write_iops', blkioRates),
]);

const hookFields = [
  always('command', command, null),
  filled('image', string),
  filled('user', string),
  filled('privileged', bool),
  filled('working_dir', string),
  filled('environment', environment),
  filled('per_replica', bool),
];

export const hook = struct(hookFields);

/** A step before a service starts: what a hook has, in its order, then what a container has beyond it. */
export function step(ofServices: readonly Field[]): Codec {
  const known = new Set(hookFields.map(({ key }) => key));
  const others = ofServices.filter(({ key }) => isOfSteps(key) && !known.has(key));
  return struct([
    ...hookFields,
    ...others.map((field) => (field.key === 'entrypoint' ? given('entrypoint', field.codec) : field)),
  ]);
}

export const watchTrigger = struct([
  always('path', string, ''),
  always('action', string, ''),
  filled('target', string),
  always('exec', hook, { command: null }),
  filled('include', strings),
  filled('ignore', strings),
  filled('initial_sync', bool),
]);

export const healthcheck = struct([
  filled('test', healthcheckTest),
  given('timeout', duration),
  given('interval', duration),
  given('retries', uint),
  given('start_period', duration),
  given('start_interval', duration),
  filled('disable', bool),
]);

export const serviceNetwork = struct([
  filled('aliases', strings),
  filled('driver_opts', options),
  filled('gw_priority', int),
  filled('interface_name', string),
  filled('ipv4_address', string),
  filled('ipv6_address', string),
  filled('link_local_ips', strings),
  filled('mac_address', string),
  filled('priority', int),
]);

export const port = struct([
  filled('name', string),
  filled('mode', string),
  filled('host_ip', string),
  filled('target', uint),
  filled('published', string),
  filled('protocol', string),
  filled('app_protocol', string),
]);

export const mount = struct([
  filled('type', string),
  filled('source', string),
  filled('target', string),
  filled('read_only', bool),
  filled('consistency', string),
  given(
    'bind',
    struct([
      filled('selinux', string),
      filled('propagation', string),
      { key: 'create_host_path', codec: bool, optOut: true },
      filled('recursive', string),
    ]),
  ),
  given('volume', struct([filled('labels', mapping), filled('nocopy', bool), filled('subpath', string)])),
  given('tmpfs', struct([filled('size', bytes), filled('mode', uint)])),
  given('image', struct([filled('subpath', string)])),
]);

export const dependency = struct([
  filled('condition', string),
  filled('restart', bool),
  always('required', bool, false),
]);

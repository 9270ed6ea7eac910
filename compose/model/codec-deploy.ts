import { list, struct } from './codec.ts';
import { mapping } from './codec-collections.ts';
import { always, filled, given, strings } from './codec-fields.ts';
import { bytes, deviceCount, duration, filledDuration, float32, int, string, uint } from './codec-scalars.ts';

export const deviceRequest = struct([
  filled('capabilities', strings),
  filled('driver', string),
  filled('count', deviceCount),
  filled('device_ids', strings),
  filled('options', mapping),
]);

const resource = struct([
  filled('cpus', float32),
  filled('memory', bytes),
  filled('pids', int),
  filled('devices', list(deviceRequest, {})),
  filled(
    'generic_resources',
    list(
      struct([
        given('discrete_resource_spec', struct([always('kind', string, ''), always('value', int, 0)])),
      ]),
      {},
    ),
  ),
]);

const updateConfig = struct([
  given('parallelism', uint),
  filled('delay', filledDuration),
  filled('failure_action', string),
  filled('monitor', filledDuration),
  filled('max_failure_ratio', float32),
  filled('order', string),
]);

export const deploy = struct([
  filled('mode', string),
  given('replicas', int),
  filled('labels', mapping),
  given('update_config', updateConfig),
  given('rollback_config', updateConfig),
  always('resources', struct([given('limits', resource), given('reservations', resource)]), {}),
  given(
    'restart_policy',
    struct([
      filled('condition', string),
      given('delay', duration),
      given('max_attempts', uint),
      given('window', duration),
    ]),
  ),
  always(
    'placement',
    struct([
      filled('constraints', strings),
      filled('preferences', list(struct([filled('spread', string)]), {})),
      filled('max_replicas_per_node', uint),
    ]),
    {},
  ),
  filled('endpoint_mode', string),
]);

import { type Codec, list, struct } from './codec.ts';
import { mapping, options } from './codec-collections.ts';
import { always, filled, given, stringRecord, strings } from './codec-fields.ts';
import { bool, int, string } from './codec-scalars.ts';

export const networkCodec: Codec = struct([
  filled('name', string),
  filled('driver', string),
  filled('driver_opts', options),
  always(
    'ipam',
    struct([
      filled('driver', string),
      filled(
        'config',
        list(
          struct([
            filled('subnet', string),
            filled('gateway', string),
            filled('ip_range', string),
            filled('aux_addresses', mapping),
          ]),
          null,
        ),
      ),
      filled('options', options),
    ]),
    {},
  ),
  filled('external', bool),
  filled('internal', bool),
  filled('attachable', bool),
  filled('labels', mapping),
  given('enable_ipv4', bool),
  given('enable_ipv6', bool),
]);

export const volumeCodec: Codec = struct([
  filled('name', string),
  filled('driver', string),
  filled('driver_opts', options),
  filled('external', bool),
  filled('labels', mapping),
]);

export const fileObjectCodec: Codec = struct([
  filled('name', string),
  filled('file', string),
  filled('environment', string),
  filled('content', string),
  filled('external', bool),
  filled('labels', mapping),
  filled('driver', string),
  filled('driver_opts', stringRecord),
  filled('template_driver', string),
]);

export const modelCodec: Codec = struct([
  filled('name', string),
  filled('model', string),
  filled('context_size', int),
  filled('runtime_flags', strings),
]);

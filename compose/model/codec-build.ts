import { list, struct } from './codec.ts';
import { environment, extraHosts, mapping, ssh, stringOrList } from './codec-collections.ts';
import { fileReference, filled, strings, ulimits } from './codec-fields.ts';
import { bool, bytes, string } from './codec-scalars.ts';

export const build = struct([
  filled('context', string),
  filled('dockerfile', string),
  filled('dockerfile_inline', string),
  filled('entitlements', strings),
  filled('args', environment),
  filled('provenance', string),
  filled('sbom', string),
  filled('ssh', ssh),
  filled('labels', mapping),
  filled('cache_from', stringOrList),
  filled('cache_to', stringOrList),
  filled('no_cache', bool),
  filled('no_cache_filter', stringOrList),
  filled('additional_contexts', mapping),
  filled('pull', bool),
  filled('extra_hosts', extraHosts),
  filled('isolation', string),
  filled('network', string),
  filled('target', string),
  filled('secrets', list(fileReference, {})),
  filled('shm_size', bytes),
  filled('tags', stringOrList),
  filled('ulimits', ulimits),
  filled('platforms', stringOrList),
  filled('privileged', bool),
]);

import { createHash } from 'node:crypto';
import { networkHash, serviceHash, serviceHashes, volumeHash } from '#compose/model/hash.ts';
import type { Network, Service, Volume } from '#compose/model/project.ts';

/** Configuration hashes, as labels carry them. A parameter so that plans can be tested with readable ones. */
export interface Hashes {
  /** The one to write. */
  service(service: Service): string;
  /** Every one that counts as up to date. */
  accepted(service: Service): readonly string[];
  network(network: Network): string;
  volume(volume: Volume): string;
}

/** Docker Compose's own. */
export const composeHashes: Hashes = {
  service: (service) => serviceHash(service, sha256),
  accepted: remembered((service: Service) => serviceHashes(service, sha256)),
  network: networkHash,
  volume: volumeHash,
};

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Observing and reconciling ask the same of every service, and a hash costs more than anything else they do. */
function remembered<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

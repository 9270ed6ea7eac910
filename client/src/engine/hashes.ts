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
  service: serviceHash,
  accepted: serviceHashes,
  network: networkHash,
  volume: volumeHash,
};

import type { Network, Service, Volume } from '#compose/model/project.ts';

/**
 * Docker Compose's configuration hashes. `service` returns every form that counts as up to date, the one to write first
 * (releases 2.31 to 2.40 hash a bind mount's `create_host_path: true`, later ones do not).
 */
export interface Hashes {
  service(service: Service): readonly [write: string, ...accept: string[]];
  network(network: Network): string;
  volume(volume: Volume): string;
}

import type { Shape } from './codec.ts';
import { networkCodec, volumeCodec } from './codec-resources.ts';
import { serviceCodec } from './codec-service.ts';
import { printJson } from './print-json.ts';
import type { Network, Service, Volume } from './project.ts';
import { sha256 } from './sha256.ts';

/** SHA-256 of a text's UTF-8, in hexadecimal: a host's own is quicker than {@link sha256} until that has run for a while. */
export type Hash = (text: string) => string;

/**
 * What Docker Compose writes into the `com.docker.compose.config-hash` label: a digest of the service without what does not change its
 * containers. The service must be as loaded: its env files in its environment, paths absolute, namespaces of other services resolved to containers.
 */
export function serviceHash(service: Service, hash: Hash = sha256): string {
  return digest(withoutUnhashed(service), serviceCodec.shape, hash);
}

/**
 * Every hash that means "this container is as the service says", ours first. Docker Compose 2.31 to 2.40 wrote `create_host_path: true`
 * into bind mounts; with such a label Docker Compose 5 recreates a container needlessly.
 */
export function serviceHashes(service: Service, hash: Hash = sha256): readonly [string, ...string[]] {
  const current = serviceHash(service, hash);
  if (!service.volumes?.some((mount) => mount.bind !== undefined)) return [current];
  const volumes = service.volumes.map((mount) => {
    if (mount.bind === undefined || mount.bind.create_host_path === false) return mount;
    const { selinux, propagation, recursive } = mount.bind;
    const bind = {
      ...(selinux === undefined ? {} : { selinux }),
      ...(propagation === undefined ? {} : { propagation }),
      create_host_path: true,
      ...(recursive === undefined ? {} : { recursive }),
    };
    return { ...mount, bind };
  });
  return [current, serviceHash({ ...service, volumes }, hash)];
}

export function networkHash(network: Network): string {
  return digest({ ...network, ipam: network.ipam ?? {} }, networkCodec.shape);
}

/** A volume without a driver has the local one by the time Docker Compose hashes it. */
export function volumeHash(volume: Volume): string {
  return digest({ ...volume, driver: volume.driver ?? 'local' }, volumeCodec.shape);
}

function withoutUnhashed(service: Service): object {
  const { build, pull_policy, scale, depends_on, profiles, env_file, deploy, ...rest } = service;
  if (deploy === undefined) return rest;
  const { replicas, ...hashed } = deploy;
  return { ...rest, deploy: hashed };
}

function digest(value: object, shape: Shape, hash: Hash = sha256): string {
  return hash(printJson(value, shape));
}

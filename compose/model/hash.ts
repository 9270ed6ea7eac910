import type { Shape } from './codec.ts';
import { networkCodec, volumeCodec } from './codec-resources.ts';
import { serviceCodec } from './codec-service.ts';
import { printJson } from './print-json.ts';
import type { Network, Service, Volume } from './project.ts';
import { sha256 } from './sha256.ts';

/**
 * What Docker Compose writes into the `com.docker.compose.config-hash` label: a digest of the service without what does not change its
 * containers. The service must be as loaded: its env files in its environment, paths absolute, namespaces of other services resolved to containers.
 */
export function serviceHash(service: Service): string {
  return digest(withoutUnhashed(service), serviceCodec.shape);
}

/**
 * Every hash that means "this container is as the service says", ours first. Docker Compose 2.31 to 2.40 wrote `create_host_path: true`
 * into bind mounts; with such a label Docker Compose 5 recreates a container needlessly.
 */
export function serviceHashes(service: Service): readonly [string, ...string[]] {
  const hash = serviceHash(service);
  if (!service.volumes?.some((mount) => mount.bind !== undefined)) return [hash];
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
  return [hash, serviceHash({ ...service, volumes })];
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

function digest(value: object, shape: Shape): string {
  return sha256(printJson(value, shape));
}

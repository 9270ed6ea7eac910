import type { Mount, Project, Service } from '#compose/model/project.ts';
import type { Spec } from '../api/swarm-calls.ts';
import { stackLabel } from './stack-labels.ts';

/** `ContainerSpec.Mounts`, without `tmpfs`, which `docker stack deploy` leaves out: mounts of that type go over. Volumes are labelled as the stack's; they are made on the node where a task first needs them. */
export function mountSpecs(project: Project, stack: string, service: Service): readonly Spec[] | undefined {
  const mounts = service.volumes?.map((mount) => mountSpec(project, stack, mount));
  return mounts?.length === 0 ? undefined : mounts;
}

function mountSpec(project: Project, stack: string, mount: Mount): Spec {
  const volume = mount.type === 'volume' ? project.volumes?.[mount.source ?? ''] : undefined;
  const source = volume?.name ?? mount.source;
  return {
    Type: mount.type,
    ...(source !== undefined && source !== '' && { Source: source }),
    Target: mount.target,
    ...(mount.read_only === true && { ReadOnly: true }),
    ...(mount.consistency !== undefined && { Consistency: mount.consistency }),
    // An anonymous volume has none: even empty ones would be another volume to the swarm.
    ...(mount.type === 'volume' &&
      source !== undefined &&
      source !== '' && { VolumeOptions: volumeOptions(stack, mount, volume) }),
    ...(mount.bind?.propagation !== undefined && { BindOptions: { Propagation: mount.bind.propagation } }),
    ...(mount.tmpfs !== undefined && {
      TmpfsOptions: {
        ...(mount.tmpfs.size !== undefined && { SizeBytes: Number(mount.tmpfs.size) }),
        ...(mount.tmpfs.mode !== undefined && { Mode: mount.tmpfs.mode }),
      },
    }),
    ...(mount.image?.subpath !== undefined && { ImageOptions: { Subpath: mount.image.subpath } }),
  };
}

function volumeOptions(
  stack: string,
  mount: Mount,
  volume: NonNullable<Project['volumes']>[string] | undefined,
): Spec {
  const use = {
    ...(mount.volume?.nocopy === true && { NoCopy: true }),
    ...(mount.volume?.subpath !== undefined && { Subpath: mount.volume.subpath }),
  };
  if (volume === undefined || volume.external === true) return use;
  const { driver, driver_opts: options } = volume;
  return {
    ...use,
    Labels: { ...volume.labels, ...mount.volume?.labels, [stackLabel]: stack },
    ...((driver !== undefined || options !== undefined) && {
      DriverConfig: { Name: driver ?? '', ...(options !== undefined && { Options: options }) },
    }),
  };
}

import type { Mount, Project, Service } from '#compose/model/project.ts';
import { stackLabel } from './stack-labels.ts';
import type { Spec } from '../api/swarm-calls.ts';

/** `ContainerSpec.Mounts`. Volumes are labelled as the stack's; they are made on the node where a task first needs them. */
export function mountSpecs(project: Project, stack: string, service: Service): readonly Spec[] | undefined {
  const mounts = [
    ...(service.volumes ?? []).map((mount) => mountSpec(project, stack, mount)),
    ...(service.tmpfs ?? []).map(tmpfsSpec),
  ];
  return mounts.length === 0 ? undefined : mounts;
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
    ...(mount.type === 'volume' &&
      (source !== undefined || mount.volume !== undefined) && {
        VolumeOptions: volumeOptions(stack, mount, volume),
      }),
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

/** `/run:size=64m,mode=1777`: Swarm takes these two options only. */
function tmpfsSpec(entry: string): Spec {
  const [target = '', options = ''] = entry.split(':');
  const option = (name: string) =>
    options
      .split(',')
      .find((each) => each.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  const size = sizeOf(option('size'));
  const mode = option('mode');
  return {
    Type: 'tmpfs',
    Target: target,
    ...((size !== undefined || mode !== undefined) && {
      TmpfsOptions: {
        ...(size !== undefined && { SizeBytes: size }),
        ...(mode !== undefined && { Mode: Number.parseInt(mode, 8) }),
      },
    }),
  };
}

function sizeOf(text: string | undefined): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([kmg]?)b?$/i.exec(text ?? '') ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
}

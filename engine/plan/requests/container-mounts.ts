import type { FileReference, Mount, Project, Service } from '#compose/model/project.ts';
import { apiAtLeast } from '../../api/api-version.ts';
import { EngineError } from '../../api/engine-error.ts';
import { say } from '../../api/message.ts';
import type { EngineInfo, MountPoint } from '../../api/engine-objects.ts';
import { unsupported } from './endpoint-settings.ts';
import { recordOf } from '#compose/values/record.ts';

/** `HostConfig.Binds`, `.Mounts` and `.Tmpfs`. Binds are used wherever they can say it: only they create a missing host directory. */
export interface MountSpec {
  readonly binds: readonly string[];
  readonly mounts: readonly Readonly<Record<string, unknown>>[];
  readonly tmpfs: Readonly<Record<string, string>>;
}

/** The mounts of the container that is being replaced, and the paths its image declares with VOLUME: anonymous volumes live on. */
export interface InheritedMounts {
  readonly mounts: readonly MountPoint[];
  readonly imageVolumes: readonly string[];
}

export function mountSpec(
  project: Project,
  serviceName: string,
  service: Service,
  info: EngineInfo,
  inherited?: InheritedMounts,
): MountSpec {
  const binds: string[] = [];
  const mounts = new Map<string, Readonly<Record<string, unknown>>>();
  const taken = new Set<string>();
  const declared = service.volumes ?? [];

  for (const mount of inherited === undefined ? [] : anonymousMounts(inherited, declared)) {
    taken.add(mount.destination);
    mounts.set(mount.destination, {
      Type: mount.type,
      Source: mount.name ?? mount.source,
      Target: mount.destination,
      ...(mount.readOnly && { ReadOnly: true }),
    });
  }
  for (const mount of declared) {
    if (isAnonymous(mount) && taken.has(mount.target)) continue;
    mounts.delete(mount.target);
    taken.add(mount.target);
    const where = `services.${serviceName}.volumes (${mount.target})`;
    const bind = bindText(project, mount, where, info);
    if (bind !== undefined) binds.push(bind);
    else mounts.set(mount.target, mountObject(project, mount, where, info));
  }
  for (const [target, source] of fileMounts(project, service)) {
    if (taken.has(target)) continue;
    taken.add(target);
    mounts.set(target, { Type: 'bind', Source: source, Target: target, ReadOnly: true });
  }
  return {
    binds,
    mounts: [...mounts.values()],
    tmpfs: recordOf((service.tmpfs ?? []).map(tmpfsEntry)),
  };
}

/** Where a config or secret is put in the container. */
export function fileTarget(kind: 'secret' | 'config', reference: FileReference): string {
  const base = kind === 'secret' ? '/run/secrets/' : '/';
  const target = reference.target;
  if (target === undefined || target === '') return base + reference.source;
  return target.startsWith('/') || /^[A-Za-z]:[\\/]/.test(target) ? target : base + target;
}

function anonymousMounts(inherited: InheritedMounts, declared: readonly Mount[]): readonly MountPoint[] {
  return inherited.mounts.filter(
    (mount) =>
      mount.type !== 'tmpfs' &&
      (inherited.imageVolumes.includes(mount.destination) ||
        declared.some((wanted) => wanted.target === mount.destination && isAnonymous(wanted))),
  );
}

function isAnonymous(mount: Mount): boolean {
  return mount.type === 'volume' && (mount.source === undefined || mount.source === '');
}

function volumeName(project: Project, source: string): string {
  return project.volumes?.[source]?.name ?? source;
}

/** `source:target:rw[,options]`, or `undefined` if only a mount object can say it. */
function bindText(project: Project, mount: Mount, where: string, info: EngineInfo): string | undefined {
  const source = mount.source ?? '';
  const access = mount.read_only === true ? 'ro' : 'rw';
  if (mount.type === 'bind') {
    const bind = mount.bind;
    const needsObject = bind?.create_host_path === false || (bind?.recursive ?? '') !== '';
    if (needsObject) return undefined;
    const propagation = bind?.propagation ?? '';
    // Only an engine with CreateMountpoint can both propagate and create through a mount object.
    if (propagation !== '' && apiAtLeast(info, '1.42')) return undefined;
    const options = [access, bind?.selinux, propagation].filter((option) => (option ?? '') !== '');
    return `${source}:${mount.target}:${options.join(',')}`;
  }
  if (mount.type === 'volume' && source !== '') {
    const volume = mount.volume;
    if ((volume?.subpath ?? '') !== '' && !apiAtLeast(info, '1.45')) {
      throw unsupported(`${where}: volume.subpath`, 'Docker Engine v26', info);
    }
    const needsObject =
      Object.keys(volume?.labels ?? {}).length > 0 ||
      (volume?.subpath ?? '') !== '' ||
      volume?.nocopy === true;
    return needsObject ? undefined : `${volumeName(project, source)}:${mount.target}:${access}`;
  }
  return undefined;
}

function mountObject(
  project: Project,
  mount: Mount,
  where: string,
  info: EngineInfo,
): Readonly<Record<string, unknown>> {
  const source = mount.type === 'volume' ? volumeName(project, mount.source ?? '') : mount.source;
  return {
    Type: mount.type,
    ...(source !== undefined && source !== '' && { Source: source }),
    Target: mount.target,
    ...(mount.read_only === true && { ReadOnly: true }),
    ...(mount.consistency !== undefined && { Consistency: mount.consistency }),
    ...mountOptions(mount, where, info),
  };
}

function mountOptions(mount: Mount, where: string, info: EngineInfo): Readonly<Record<string, unknown>> {
  switch (mount.type) {
    case 'bind':
      return mount.bind === undefined ? {} : { BindOptions: bindOptions(mount.bind, where, info) };
    case 'volume':
      return mount.volume === undefined
        ? {}
        : {
            VolumeOptions: {
              NoCopy: mount.volume.nocopy ?? false,
              ...(mount.volume.subpath !== undefined && { Subpath: mount.volume.subpath }),
              ...(mount.volume.labels !== undefined && { Labels: mount.volume.labels }),
            },
          };
    case 'tmpfs':
      return mount.tmpfs === undefined
        ? {}
        : {
            TmpfsOptions: {
              ...(mount.tmpfs.size !== undefined && { SizeBytes: Number(mount.tmpfs.size) }),
              ...(mount.tmpfs.mode !== undefined && { Mode: mount.tmpfs.mode }),
            },
          };
    case 'image':
      if (!apiAtLeast(info, '1.48')) throw unsupported(`${where}: type: image`, 'Docker Engine v28', info);
      return mount.image?.subpath === undefined ? {} : { ImageOptions: { Subpath: mount.image.subpath } };
    default:
      return {};
  }
}

function bindOptions(
  bind: NonNullable<Mount['bind']>,
  where: string,
  info: EngineInfo,
): Readonly<Record<string, unknown>> {
  const recursive = bind.recursive ?? '';
  if ((recursive === 'readonly' || recursive === 'writable') && !apiAtLeast(info, '1.44')) {
    throw unsupported(`${where}: bind.recursive: ${recursive}`, 'Docker Engine v25', info);
  }
  return {
    ...(bind.propagation !== undefined && { Propagation: bind.propagation }),
    ...(bind.create_host_path !== false && apiAtLeast(info, '1.42') && { CreateMountpoint: true }),
    ...(recursive === 'disabled' && { NonRecursive: true }),
    ...(recursive === 'writable' && { ReadOnlyNonRecursive: true }),
    ...(recursive === 'readonly' && { ReadOnlyForceRecursive: true }),
  };
}

function tmpfsEntry(entry: string): readonly [string, string] {
  const at = entry.indexOf(':');
  return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
}

/** Secrets and configs that are files on the engine's host, as `[target, source]`; the others are copied in before each start. */
function fileMounts(project: Project, service: Service): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (const kind of ['secret', 'config'] as const) {
    const references = kind === 'secret' ? service.secrets : service.configs;
    const objects = kind === 'secret' ? project.secrets : project.configs;
    for (const reference of references ?? []) {
      const object = objects?.[reference.source];
      if (object === undefined) continue;
      if (object.external === true) {
        throw new EngineError('unsupported', say`unsupported external ${kind} ${object.name}`);
      }
      if (object.driver !== undefined || object.template_driver !== undefined) {
        const field = object.driver !== undefined ? 'driver' : 'template_driver';
        throw new EngineError(
          'unsupported',
          say`${kind}s.${reference.source}.${field} is not supported without Swarm`,
        );
      }
      if (object.file !== undefined) found.push([fileTarget(kind, reference), object.file]);
    }
  }
  return found;
}

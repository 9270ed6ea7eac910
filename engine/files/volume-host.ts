import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerSummary, MountPoint } from '../api/engine-objects.ts';
import type { FileHost } from './file-host.ts';

/** Where a volume's files are seen from. */
export interface VolumeHost {
  readonly host: FileHost;
  /** The path in the container that is the volume's root. */
  readonly root: string;
}

export function mountsVolume({ mounts }: ContainerSummary, volume: string): boolean {
  return mounts.some(({ type, name }) => type === 'volume' && name === volume);
}

/** Where a container that is made for a volume has it. */
export const mountedAt = '/volume';
const label = 'composure.volume';

/**
 * Does something with the files of a volume: through a container that mounts it, best one that runs and may write; without one, through a container
 * that is made for it from an image that is here, never started, and removed after. Rejects with `EngineError`.
 */
export async function inVolume<T>(
  engine: EnginePort,
  volume: string,
  work: (place: VolumeHost) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  await engine.inspectVolume(volume, signal);
  const known = await findHost(engine, volume, signal);
  if (known !== undefined) return work(known);
  const image = await smallestImage(engine, volume, signal);
  return withVolumeContainer(
    engine,
    { volume, image },
    (id) => work({ host: { id, name: volume, isRunning: false }, root: mountedAt }),
    signal,
  );
}

/**
 * Does something with a container that has nothing but this volume, at `mountedAt`: made for it, not started, and removed after, also when it was given up.
 * `script`: what it does once it is started, by its image's shell, as root. Rejects with `EngineError`.
 */
export async function withVolumeContainer<T>(
  engine: EnginePort,
  { volume, image, script }: { readonly volume: string; readonly image: string; readonly script?: string },
  work: (id: string) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const { id } = await engine.createContainer(
    {
      name: `composure-volume-${randomBytes(6).toString('hex')}`,
      body: {
        Image: image,
        // An image need not say what it runs, and where it does, that is not wanted here.
        ...(script === undefined
          ? { Cmd: ['true'] }
          : { Entrypoint: ['/bin/sh', '-c', script], Cmd: [], User: '0:0' }),
        NetworkDisabled: true,
        Labels: { [label]: volume },
        HostConfig: {
          Mounts: [{ Type: 'volume', Source: volume, Target: mountedAt, VolumeOptions: { NoCopy: true } }],
        },
      },
    },
    signal,
  );
  try {
    return await work(id);
  } finally {
    await engine
      .removeContainer(id, { force: true, volumes: true }, AbortSignal.timeout(30_000))
      .catch(() => {});
  }
}

async function findHost(
  engine: EnginePort,
  volume: string,
  signal: AbortSignal,
): Promise<VolumeHost | undefined> {
  const containers = await engine.listContainers({ labels: [], all: true }, signal);
  const candidates = containers
    .filter(({ labels, state }) => !(label in labels) && state !== 'removing' && state !== 'dead')
    .flatMap((container) =>
      container.mounts
        .filter(({ type, name }) => type === 'volume' && name === volume)
        .map((mount) => ({ container, mount })),
    )
    .sort((a, b) => rank(a) - rank(b));
  for (const { container, mount } of candidates) {
    const { id, name, state } = container;
    if (!(await isWhole(engine, id, mount, signal))) continue;
    return { host: { id, name, isRunning: state === 'running' }, root: posix.normalize(mount.destination) };
  }
  return undefined;
}

function rank({ container, mount }: { container: ContainerSummary; mount: MountPoint }): number {
  return (container.state === 'running' ? 0 : 2) + (mount.readOnly ? 1 : 0);
}

/** A mount can show a folder of the volume only. */
async function isWhole(
  engine: EnginePort,
  id: string,
  { destination }: MountPoint,
  signal: AbortSignal,
): Promise<boolean> {
  const details = await engine.inspectContainer(id, signal).catch(() => undefined);
  const mounts = details?.hostConfig.Mounts;
  const own = (Array.isArray(mounts) ? mounts : []).find(
    (each: { readonly Target?: string }) => each.Target === destination,
  ) as { readonly VolumeOptions?: { readonly Subpath?: string } } | undefined;
  return details !== undefined && (own?.VolumeOptions?.Subpath ?? '') === '';
}

async function smallestImage(engine: EnginePort, volume: string, signal: AbortSignal): Promise<string> {
  const [image] = await imagesBySize(engine, signal);
  if (image !== undefined) return image;
  throw new EngineError(
    'unsupported',
    say`No container uses the volume ${volume}, and there is no image to create a container from to browse it. Start the project, or pull any image.`,
    { subject: volume },
  );
}

/** The ids of the images that are here, the smallest first. */
export async function imagesBySize(engine: EnginePort, signal: AbortSignal): Promise<readonly string[]> {
  const images = await engine.listImages({ labels: [] }, signal);
  return [...images].sort((a, b) => (a.size ?? 0) - (b.size ?? 0)).map(({ id }) => id);
}

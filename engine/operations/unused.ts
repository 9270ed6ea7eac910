import { EngineError } from '../api/engine-error.ts';
import { label } from '../project/labels.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerSummary, ImageDetails, NetworkDetails, VolumeDetails } from '../api/engine-objects.ts';
import type { Report } from '../observe/progress.ts';

export interface UnusedOptions {
  /** Images too that have a name, and all of the builder's cache. */
  readonly all?: boolean;
  /** Anonymous volumes too: their data is destroyed. */
  readonly volumes?: boolean;
  /** Also what belongs to Compose projects: their stopped containers, and what these use. */
  readonly projects?: boolean;
}

/** What nothing uses on an engine, in the order in which it can be removed; of each kind by name, since engines list them in any order. */
export interface Unused {
  readonly containers: readonly ContainerSummary[];
  readonly networks: readonly NetworkDetails[];
  readonly images: readonly ImageDetails[];
  readonly volumes: readonly VolumeDetails[];
  /** The builder's cache goes too: only the engine knows what is in it. */
  readonly buildCache: boolean;
}

const everything = { labels: [] };

/**
 * Finds what a clean-up would remove. Unless `projects` is given, nothing of a Compose project that has containers is in it, running or not, nor
 * what they use: a project that is stopped can be started again. Networks of the engine's own are left alone. Rejects with `EngineError`.
 */
export async function findUnused(
  engine: EnginePort,
  options: UnusedOptions,
  signal: AbortSignal,
): Promise<Unused> {
  const [all, networks, images, volumes] = await Promise.all([
    engine.listContainers({ ...everything, all: true }, signal),
    engine.listNetworks(everything, signal),
    engine.listImages(everything, signal),
    options.volumes === true ? engine.listVolumes(everything, signal) : [],
  ]);
  const kept = all.filter((container) => isKept(container, options));
  const projects = new Set(kept.map(({ labels }) => labels[label.project]));
  const ofKept = (labels: Readonly<Record<string, string>>): boolean =>
    labels[label.project] !== undefined && projects.has(labels[label.project]);
  const usedNetworks = new Set(
    kept.flatMap((container) =>
      Object.entries(container.networks).flatMap(([name, { networkId }]) => [name, networkId]),
    ),
  );
  const usedImages = new Set(kept.flatMap(({ image, imageId }) => [image, imageId]));
  const usedVolumes = new Set(kept.flatMap(({ mounts }) => mounts.map(({ name }) => name)));
  return {
    containers: sorted(
      all.filter((container) => !kept.includes(container)),
      ({ name }) => name,
    ),
    networks: sorted(
      networks.filter(
        ({ id, name, labels, scope }) =>
          !['bridge', 'host', 'none'].includes(name) &&
          scope !== 'swarm' &&
          !usedNetworks.has(name) &&
          !usedNetworks.has(id) &&
          !ofKept(labels),
      ),
      ({ name }) => name,
    ),
    images: sorted(
      images.filter(
        ({ id, tags }) =>
          (options.all === true || tags.length === 0) &&
          !usedImages.has(id) &&
          !tags.some((tag) => usedImages.has(tag)),
      ),
      ({ tags, id }) => tags[0] ?? id,
    ),
    volumes: sorted(
      volumes.filter(
        ({ name, labels }) => isAnonymous(name, labels) && !usedVolumes.has(name) && !ofKept(labels),
      ),
      ({ name }) => name,
    ),
    buildCache: options.all === true,
  };
}

/** Removes it, one after the other. What has come into use meanwhile stays, with a warning. Rejects with `EngineError` for other failures. */
export async function removeUnused(
  engine: EnginePort,
  unused: Unused,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const remove = async (
    kind: 'container' | 'network' | 'image' | 'volume',
    name: string,
    work: () => Promise<void>,
  ) => {
    report({ kind, name, status: 'Removing' });
    try {
      await work();
      report({ kind, name, status: 'Removed' });
    } catch (error) {
      const stays = error instanceof EngineError && ['in-use', 'conflict', 'not-found'].includes(error.kind);
      if (!stays) throw error;
      report({ kind, name, status: 'Warning', detail: error.message });
    }
  };
  for (const { id, name } of unused.containers)
    await remove('container', name, () => engine.removeContainer(id, {}, signal));
  for (const { id, name } of unused.networks)
    await remove('network', name, () => engine.removeNetwork(id, signal));
  for (const image of unused.images)
    for (const name of image.tags.length > 0 ? image.tags : [image.id])
      await remove('image', name, () => engine.removeImage(name, {}, signal));
  for (const { name } of unused.volumes)
    await remove('volume', name, () => engine.removeVolume(name, signal));
  if (unused.buildCache) await engine.prune('build', signal);
}

function sorted<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  return [...all].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

function isKept({ state, labels }: ContainerSummary, { projects }: UnusedOptions): boolean {
  const isOver = state === 'created' || state === 'exited' || state === 'dead';
  return !isOver || (projects !== true && labels[label.project] !== undefined);
}

/** As the engine names those that nobody has named. */
function isAnonymous(name: string, labels: Readonly<Record<string, string>>): boolean {
  return labels['com.docker.volume.anonymous'] !== undefined || /^[0-9a-f]{64}$/.test(name);
}

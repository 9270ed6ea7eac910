import type { Project } from '#compose/model/project.ts';
import { ignoreMissing } from '../api/ignore-missing.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { label } from '../project/labels.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type {
  ContainerDetails,
  ContainerSummary,
  ImageDetails,
  NetworkDetails,
  VolumeDetails,
} from '../api/engine-objects.ts';
import { recordOf } from '#compose/values/record.ts';

/** Everything on the engine that belongs to one project, at one moment. */
export interface ObservedState {
  readonly project: string;
  /** By name. Without a config hash a container is not Compose's (hook containers), and is not here. */
  readonly containers: readonly ContainerSummary[];
  /** Networks and volumes with the project's label. */
  readonly networks: readonly NetworkDetails[];
  readonly volumes: readonly VolumeDetails[];
}

/** What an up needs to know beyond {@link ObservedState}: things that the project names but does not own. */
export interface ObservedSurroundings {
  /** External networks, and networks of the wanted name that carry no label of the project; by the model's key. */
  readonly networks: Readonly<Record<string, NetworkDetails>>;
  readonly volumes: Readonly<Record<string, VolumeDetails>>;
  /** By reference; absent: not on the engine. */
  readonly images: Readonly<Record<string, ImageDetails>>;
  /** Of containers whose configuration hash differs, by id: to say what changed. */
  readonly details: Readonly<Record<string, ContainerDetails>>;
  /** Containers that are not the project's, by name: they may have a name that it needs. Looked at only where it needs one. */
  readonly names: Readonly<Record<string, ContainerSummary>>;
}

export async function observe(
  engine: EnginePort,
  projectName: string,
  signal: AbortSignal,
): Promise<ObservedState> {
  const project = `${label.project}=${projectName}`;
  const [containers, networks, volumes] = await Promise.all([
    observeContainers(engine, projectName, signal),
    engine.listNetworks({ labels: [project] }, signal),
    engine.listVolumes({ labels: [project] }, signal),
  ]);
  return {
    project: projectName,
    containers,
    networks: [...networks].sort(byName),
    volumes: [...volumes].sort(byName),
  };
}

/** {@link ObservedState.containers} alone. */
export async function observeContainers(
  engine: EnginePort,
  projectName: string,
  signal: AbortSignal,
): Promise<ObservedState['containers']> {
  const labels = [`${label.project}=${projectName}`, label.configHash];
  return [...(await engine.listContainers({ labels, all: true }, signal))].sort(byName);
}

/** Networks that the project uses without owning them. Rejects when an external one is missing. */
export async function observeForeignNetworks(
  engine: EnginePort,
  project: Project,
  keys: readonly string[],
  observed: ObservedState,
  signal: AbortSignal,
): Promise<Readonly<Record<string, NetworkDetails>>> {
  const owned = new Set(observed.networks.map((network) => network.labels[label.network]));
  const found: Record<string, NetworkDetails> = recordOf();
  await Promise.all(
    keys.map(async (key) => {
      const network = project.networks?.[key];
      if (network === undefined || (network.external !== true && owned.has(key))) return;
      const details = await ignoreMissing(engine.inspectNetwork(network.name, signal));
      // The engine also matches a prefix of an id.
      const matches = details !== undefined && (details.name === network.name || details.id === network.name);
      if (matches) found[key] = details;
      else if (network.external === true) {
        throw new EngineError(
          'not-found',
          say`network ${network.name} declared as external, but could not be found`,
          { subject: network.name },
        );
      }
    }),
  );
  return found;
}

/** The same for volumes. */
export async function observeForeignVolumes(
  engine: EnginePort,
  project: Project,
  keys: readonly string[],
  observed: ObservedState,
  signal: AbortSignal,
): Promise<Readonly<Record<string, VolumeDetails>>> {
  const owned = new Set(observed.volumes.map((volume) => volume.labels[label.volume]));
  const found: Record<string, VolumeDetails> = recordOf();
  await Promise.all(
    keys.map(async (key) => {
      const volume = project.volumes?.[key];
      if (volume === undefined || (volume.external !== true && owned.has(key))) return;
      const details = await ignoreMissing(engine.inspectVolume(volume.name, signal));
      if (details !== undefined) found[key] = details;
      else if (volume.external === true) {
        throw new EngineError('not-found', say`external volume "${volume.name}" not found`, {
          subject: volume.name,
        });
      }
    }),
  );
  return found;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

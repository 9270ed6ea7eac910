import type { LoadedProject } from '#compose/load/request.ts';
import { orphansOf } from '../observe/orphans.ts';
import { type ObservedState, observe } from '../observe/observe.ts';
import type { ContainerSummary, NetworkDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { isOneOff } from '../project/labels.ts';
import { declaredIn } from '../project/declared-services.ts';
import type { ProjectTarget } from '../project/project-target.ts';
import type { UpResult } from './up.ts';

/** What there still is of a project after a down: nobody says "is down" without having looked. */
export interface LeftOver {
  /** Of services that the files do not have. */
  readonly orphans: readonly ContainerSummary[];
  readonly oneOffs: readonly ContainerSummary[];
  /** Of its services: somebody else has made or started them since. */
  readonly others: readonly ContainerSummary[];
  readonly networks: readonly NetworkInUse[];
  readonly volumes: readonly string[];
}

export interface NetworkInUse {
  readonly name: string;
  /** Containers on it; none: it is left for another reason. */
  readonly users: readonly ContainerSummary[];
}

/** Asks the engine. Rejects with `EngineError`. */
export async function leftAfterDown(
  engine: EnginePort,
  target: ProjectTarget,
  signal: AbortSignal,
): Promise<LeftOver> {
  const observed = await observe(engine, target.name, signal);
  const orphans = target.loaded === undefined ? [] : orphansOf(declaredIn(target.loaded), observed);
  const oneOffs = observed.containers.filter(({ labels }) => isOneOff(labels));
  const named = new Set([...orphans, ...oneOffs]);
  return {
    orphans,
    oneOffs,
    others: observed.containers.filter((container) => !named.has(container)),
    networks: await inUse(engine, observed.networks, signal),
    volumes: observed.volumes.map(({ name }) => name),
  };
}

/** How things stand after an up. */
export interface AfterUp {
  /** Of what was brought up: what ended with an error since, is started again and again, or has gone, by name. */
  readonly fallen: readonly string[];
  readonly orphans: readonly ContainerSummary[];
}

/** Asks the engine. Rejects with `EngineError`. */
export async function standingAfterUp(
  engine: EnginePort,
  loaded: LoadedProject,
  { containers }: Pick<UpResult, 'containers'>,
  signal: AbortSignal,
): Promise<AfterUp> {
  const observed = await observe(engine, loaded.project.name, signal);
  return { fallen: fallenOf(containers, observed), orphans: orphansOf(declaredIn(loaded), observed) };
}

function fallenOf(brought: UpResult['containers'], observed: ObservedState): readonly string[] {
  const byId = new Map(observed.containers.map((container) => [container.id, container]));
  return Object.values(brought)
    .flat()
    .flatMap(({ id, name }) => {
      const now = byId.get(id);
      return now === undefined || hasFallen(now) ? [name] : [];
    });
}

function hasFallen({ state, exitCode }: ContainerSummary): boolean {
  return (
    state === 'restarting' ||
    state === 'dead' ||
    state === 'removing' ||
    (state === 'exited' && exitCode !== 0)
  );
}

async function inUse(
  engine: EnginePort,
  networks: readonly NetworkDetails[],
  signal: AbortSignal,
): Promise<readonly NetworkInUse[]> {
  if (networks.length === 0) return [];
  const all = await engine.listContainers({ labels: [], all: true }, signal);
  return networks.map(({ name, id }) => ({
    name,
    users: all.filter((container) =>
      Object.entries(container.networks).some(([key, { networkId }]) =>
        networkId === '' ? key === name : networkId === id,
      ),
    ),
  }));
}

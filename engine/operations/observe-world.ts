import { isOneOff, label } from '../project/labels.ts';
import type { Images } from '../observe/local-images.ts';
import {
  type ObservedState,
  type ObservedSurroundings,
  observe,
  observeForeignNetworks,
  observeForeignVolumes,
} from '../observe/observe.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import { usedNetworks } from '../plan/reconcile/reconcile-networks.ts';
import { usedVolumes } from '../plan/reconcile/reconcile-volumes.ts';
import type { Desired, World } from '../plan/reconcile/reconcile-context.ts';
import { resolveReferences } from '../project/service-references.ts';

/** Everything on the engine that bears on bringing about what is desired. */
export async function observeWorld(
  engine: EnginePort,
  desired: Desired,
  images: Images,
  signal: AbortSignal,
  /** Under way already. */
  observing: Promise<ObservedState> = observe(engine, desired.project.name, signal),
): Promise<World> {
  const { project } = desired;
  const observed = await observing;
  const [networks, volumes, details] = await Promise.all([
    observeForeignNetworks(engine, project, usedNetworks(desired), observed, signal),
    observeForeignVolumes(engine, project, usedVolumes(desired), observed, signal),
    observeDiverged(engine, desired, observed, signal),
  ]);
  const surroundings: ObservedSurroundings = { networks, volumes, images, details };
  return { observed, surroundings, info: engine.info };
}

/** Containers whose hash is not the wanted one, in full: only to say what changed. */
async function observeDiverged(
  engine: EnginePort,
  { services, hashes }: Desired,
  observed: ObservedState,
  signal: AbortSignal,
): Promise<Readonly<Record<string, ContainerDetails>>> {
  const accepted = new Map<string, readonly string[]>();
  const first = (service: string) =>
    observed.containers.find(({ labels }) => labels[label.service] === service && !isOneOff(labels));
  const diverged = observed.containers.filter((container) => {
    const name = container.labels[label.service] ?? '';
    const service = services[name];
    if (service === undefined) return false;
    const known = accepted.get(name) ?? hashes.accepted(resolveReferences(service, first, 'keep'));
    accepted.set(name, known);
    return !known.includes(container.labels[label.configHash] ?? '');
  });
  const details = await Promise.all(
    diverged.map(async ({ id }) => [id, await engine.inspectContainer(id, signal)] as const),
  );
  return Object.fromEntries(details);
}

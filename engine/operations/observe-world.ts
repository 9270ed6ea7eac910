import { replicasOf } from '#compose/model/replicas.ts';
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
import type { ContainerDetails, ContainerSummary } from '../api/engine-objects.ts';
import { usedNetworks } from '../plan/reconcile/reconcile-networks.ts';
import { usedVolumes } from '../plan/reconcile/reconcile-volumes.ts';
import type { Desired, World } from '../plan/reconcile/reconcile-context.ts';
import { resolveReferences } from '../project/service-references.ts';
import { recordOf } from '#compose/values/record.ts';

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
  const [networks, volumes, details, names] = await Promise.all([
    observeForeignNetworks(engine, project, usedNetworks(desired), observed, signal),
    observeForeignVolumes(engine, project, usedVolumes(desired), observed, signal),
    observeDiverged(engine, desired, observed, signal),
    observeForeignNames(engine, desired, observed, signal),
  ]);
  const surroundings: ObservedSurroundings = { networks, volumes, images, details, names };
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
  return recordOf(details);
}

/** Containers of others by name, if the project is to have a container under a name that none of its own has. */
async function observeForeignNames(
  engine: EnginePort,
  { project, services, oneOff }: Desired,
  { containers }: ObservedState,
  signal: AbortSignal,
): Promise<Readonly<Record<string, ContainerSummary>>> {
  const needsName = Object.entries(services).some(([name, service]) => {
    if (name === oneOff) return false;
    const own = containers.filter(({ labels }) => labels[label.service] === name && !isOneOff(labels));
    const wanted = replicasOf(service);
    const custom = service.container_name;
    return (
      own.length < wanted || (custom !== undefined && wanted > 0 && !own.some((each) => each.name === custom))
    );
  });
  if (!needsName) return {};
  const all = await engine.listContainers({ labels: [], all: true }, signal);
  // The project's own are known; one that has come since is met when its name is taken, and then all is looked at again.
  const foreign = all.filter(
    ({ labels }) => labels[label.project] !== project.name || labels[label.configHash] === undefined,
  );
  return recordOf(foreign.map((container) => [container.name, container]));
}

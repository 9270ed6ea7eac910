import { EngineError } from '../api/engine-error.ts';
import { imageMountDigests, imageOf } from '../observe/local-images.ts';
import { label } from '../project/labels.ts';
import type { Operation } from '../plan/plan.ts';
import { linkList, resolveReferences } from '../project/service-references.ts';
import { defaultPlatform } from '../project/platforms.ts';
import { containerSpec } from '../plan/requests/container-request.ts';
import { type EndpointSpec, networkingSpec } from '../plan/requests/endpoint-settings.ts';
import { networkSpec } from '../plan/requests/network-request.ts';
import { volumeSpec } from '../plan/requests/volume-request.ts';
import { desiredOf, type StepContext, serviceOf } from './execution-model.ts';

type OperationOf<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** A network of that name made by somebody else in the meantime will do. */
export async function createNetwork(
  context: StepContext,
  { key, name }: OperationOf<'create-network'>,
  signal: AbortSignal,
): Promise<void> {
  const { project, hashes } = desiredOf(context);
  const network = project.networks?.[key] ?? { name };
  const spec = networkSpec(project.name, key, network, hashes.network(network), context.engine.info);
  try {
    await context.engine.createNetwork(spec, signal);
  } catch (error) {
    if (!(error instanceof EngineError && error.kind === 'conflict')) throw error;
  }
}

export async function createVolume(
  context: StepContext,
  { key, name }: OperationOf<'create-volume'>,
  signal: AbortSignal,
): Promise<void> {
  const { project, hashes } = desiredOf(context);
  const volume = project.volumes?.[key] ?? { name };
  await context.engine.createVolume(volumeSpec(project.name, key, volume, hashes.volume(volume)), signal);
}

/** It ends where it fails, and nothing is found under its names. */
const trial = { attachStdin: false, autoRemove: false, useAliases: false };

/** Creates the container and connects what could not be connected at creation. A container that cannot be connected is removed again. */
export async function createContainer(
  context: StepContext,
  node: number,
  operation: OperationOf<'create-container'>,
  signal: AbortSignal,
): Promise<void> {
  const { engine, live, model } = context;
  const { project, hashes, origin, readText, environment } = desiredOf(context);
  const { service: serviceName, number, name, finalName, replaces } = operation;
  const service = resolveReferences(serviceOf(context, serviceName), live.first);
  const image = imageOf(model.surroundings?.images ?? {}, project.name, serviceName, service);
  const mounted = imageMountDigests(service, model.surroundings?.images ?? {});
  const { spec, connect } = containerSpec(
    {
      project,
      serviceName,
      service,
      number,
      name,
      finalName,
      ...(operation.aside === true && { aside: true, oneOff: trial }),
      configHash: hashes.service(service),
      imageDigest: image?.contentDigest,
      origin,
      platform: defaultPlatform(environment),
      links: linkList(project, service, number, live.of),
      labels: {
        ...(mounted !== undefined && { [label.imageMountDigests]: mounted }),
        ...(replaces !== undefined && {
          [label.replace]: service.container_name ?? `${serviceName}-${number}`,
        }),
      },
      ...(replaces !== undefined &&
        operation.inherit && {
          inherited: { mounts: replaces.mounts, imageVolumes: image?.volumes ?? [] },
        }),
    },
    engine.info,
    readText,
  );
  const { id, warnings } = await engine.createContainer(spec, signal);
  for (const detail of warnings) {
    context.report({ kind: 'container', name: finalName, status: 'Warning', detail });
  }
  await connectAll(context, id, connect, signal);
  live.created(node, serviceName, { id, name: finalName });
}

/** Attaches a container to a network that was made anew, with the aliases and addresses the model gives it there. */
export async function reconnect(
  context: StepContext,
  { key, network, container }: OperationOf<'connect-network'>,
  signal: AbortSignal,
): Promise<void> {
  const { project, services } = desiredOf(context);
  const service = services[container.service];
  const id = context.live.idOf(container);
  let endpoint: EndpointSpec = {};
  if (service?.networks?.[key] !== undefined) {
    const links = linkList(project, service, 1, context.live.of);
    const request = { project, serviceName: container.service, service, finalName: container.name, links };
    const networking = networkingSpec(request, context.engine.info);
    endpoint = networking.atCreate[network] ?? networking.afterCreate[network] ?? {};
  }
  await context.engine.connectNetwork(network, id, endpoint, signal);
}

/** Connects a container that has just been created; if that fails it is removed again. */
export async function connectAll(
  context: StepContext,
  id: string,
  endpoints: Readonly<Record<string, EndpointSpec>>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const [network, endpoint] of Object.entries(endpoints)) {
      await context.engine.connectNetwork(network, id, endpoint, signal);
    }
  } catch (error) {
    // Even when cancelled: half a container must not stay. If the engine is gone too, the next up replaces it.
    await context.engine
      .removeContainer(id, { force: true }, AbortSignal.timeout(10_000))
      .catch(() => undefined);
    throw error;
  }
}

import { randomBytes } from 'node:crypto';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Environment, Mount, Port, Service } from '#compose/model/project.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { copyFile } from '../execute/copy-file.ts';
import { connectAll } from '../execute/create-objects.ts';
import type { LiveContainers } from '../execute/live-containers.ts';
import type { StepContext } from '../execute/execution-model.ts';
import { waitForCondition } from '../execute/wait-condition.ts';
import { dependencyConditions } from '../project/service-graph.ts';
import { isOneOff, label } from '../project/labels.ts';
import { mutex } from '../execute/mutex.ts';
import { imageOf } from '../observe/local-images.ts';
import { oneOffName } from '../project/names.ts';
import { withApiSocket } from '../project/api-socket.ts';
import { defaultPlatform } from '../project/platforms.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { Report } from '../observe/progress.ts';
import { queued } from '../execute/project-queue.ts';
import type { Desired, World } from '../plan/reconcile/reconcile-context.ts';
import { linkList, resolveReferences } from '../project/service-references.ts';
import { containerSpec } from '../plan/requests/container-request.ts';
import { bringUp, desiredOf, type UpOptions } from './up.ts';
import { withModels } from './with-models.ts';
import { withProviders } from './with-providers.ts';
import { mergedRecord } from '#compose/values/record.ts';

/** What `docker compose run` changes of the service. */
export interface RunOptions {
  readonly command?: readonly string[];
  /** Replaces the service's; its command then goes too. */
  readonly entrypoint?: readonly string[];
  readonly environment?: Environment;
  readonly user?: string;
  readonly workingDir?: string;
  readonly volumes?: readonly Mount[];
  /** `service`: those of the service; absent: none. */
  readonly ports?: 'service' | readonly Port[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  readonly name?: string;
  readonly tty: boolean;
  readonly stdin: boolean;
  /** Answer to the service's name on its networks. */
  readonly useAliases?: boolean;
  readonly noDeps?: boolean;
  /** The engine removes it when it ends. */
  readonly autoRemove?: boolean;
  readonly up?: Pick<
    UpOptions,
    | 'pull'
    | 'build'
    | 'forceBuild'
    | 'removeOrphans'
    | 'ignoreOrphans'
    | 'onWarning'
    | 'confirm'
    | 'providers'
    | 'models'
  >;
}

export interface OneOff {
  readonly id: string;
  readonly name: string;
}

/**
 * A container of a service to run one command in: created, with what it depends on brought up and its conditions met, and not started. It is not one
 * of the service's containers: it has no number, no ports of its own and no restart policy. Rejects with `EngineError`.
 */
export function createOneOff(
  engine: EnginePort,
  loaded: LoadedProject,
  serviceName: string,
  options: RunOptions,
  report: Report,
  signal: AbortSignal,
): Promise<OneOff> {
  return queued(engine.info.endpoint, loaded.project.name, signal, async () => {
    const noDeps = options.noDeps === true;
    const { providers, models, onWarning } = options.up ?? {};
    const services = [serviceName];
    const given =
      providers === undefined
        ? loaded
        : await withProviders(loaded, providers, { services, noDeps, onWarning }, report, signal);
    const prepared = await withModels(given, models, { services, noDeps }, report, signal);
    const base = desiredOf(await withApiSocket(engine, prepared, signal), {
      services,
      noDeps,
      ...(providers !== undefined && { providers }),
    });
    const desired: Desired = { ...base, oneOff: serviceName };
    const { live, world } = await bringUp(engine, desired, { ...options.up }, report, signal);
    await waitForDependencies(engine, desired, serviceName, live, report, signal);
    return create(engine, desired, world, live, serviceName, options, report, signal);
  });
}

async function waitForDependencies(
  engine: EnginePort,
  desired: Desired,
  serviceName: string,
  live: LiveContainers,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const service = serviceIn(desired, serviceName);
  for (const [name, { condition, required }] of Object.entries(dependencyConditions(service))) {
    if (condition === 'service_started' || desired.services[name] === undefined) continue;
    const containers = live.of(name);
    if (containers.length === 0) continue;
    const waiting = waitForCondition(engine, name, condition, containers, report, signal);
    await (required === false ? waiting.catch(() => undefined) : waiting);
  }
}

async function create(
  engine: EnginePort,
  desired: Desired,
  { surroundings, observed }: World,
  live: LiveContainers,
  serviceName: string,
  options: RunOptions,
  report: Report,
  signal: AbortSignal,
): Promise<OneOff> {
  const { project, hashes, origin, readText, environment } = desired;
  const service = resolveReferences(adapt(serviceIn(desired, serviceName), options), live.first);
  const slug = randomBytes(32).toString('hex');
  const name = options.name ?? oneOffName(project.name, serviceName, slug);
  const { spec, connect, warnings } = containerSpec(
    {
      project,
      serviceName,
      service,
      number: 0,
      name,
      finalName: name,
      configHash: hashes.service(service),
      imageDigest: imageOf(surroundings.images, project.name, serviceName, service)?.contentDigest,
      origin,
      platform: defaultPlatform(environment),
      links: linkList(project, service, 1, (other) =>
        other === serviceName
          ? observed.containers.filter(
              ({ labels }) => labels[label.service] === serviceName && !isOneOff(labels),
            )
          : live.of(other),
      ),
      labels: { [label.slug]: slug },
      oneOff: {
        attachStdin: options.stdin,
        autoRemove: options.autoRemove === true,
        useAliases: options.useAliases === true,
      },
    },
    engine.info,
    readText,
  );
  for (const warning of warnings) options.up?.onWarning?.(warning);
  report({ kind: 'container', name, status: 'Creating' });
  const { id } = await engine.createContainer(spec, signal);
  const context: StepContext = {
    engine,
    model: { desired },
    live: { ...live, idOf: () => id },
    portPicking: mutex(),
    report,
  };
  await connectAll(context, id, connect, signal);
  await copyFiles(context, desired, serviceName, { id, name }, signal);
  report({ kind: 'container', name, status: 'Created' });
  return { id, name };
}

/** Secrets and configs that are no files. */
async function copyFiles(
  context: StepContext,
  { project }: Desired,
  serviceName: string,
  { id, name }: OneOff,
  signal: AbortSignal,
): Promise<void> {
  const service = project.services[serviceName];
  const container = { kind: 'existing', id, name, service: serviceName } as const;
  for (const what of ['secret', 'config'] as const) {
    for (const [index, { source }] of (
      (what === 'secret' ? service?.secrets : service?.configs) ?? []
    ).entries()) {
      const object = (what === 'secret' ? project.secrets : project.configs)?.[source];
      if (object === undefined || object.file !== undefined) continue;
      await copyFile(context, { kind: 'copy-file', what, index, container }, signal);
    }
  }
}

/** The service as it is run for once. */
function adapt(service: Service, options: RunOptions): Service {
  const { container_name, restart, scale, ports, healthcheck, deploy, ...rest } = service;
  const { restart_policy, replicas, ...otherDeploy } = deploy ?? {};
  const wantedPorts = options.ports === 'service' ? ports : options.ports;
  return {
    ...rest,
    ...(deploy !== undefined && { deploy: otherDeploy }),
    ...(healthcheck !== undefined && { healthcheck }),
    ...(wantedPorts !== undefined && { ports: wantedPorts }),
    command: options.command ?? (options.entrypoint === undefined ? service.command : null),
    entrypoint: options.entrypoint ?? service.entrypoint,
    environment: mergedRecord(service.environment, options.environment),
    labels: mergedRecord(service.labels, options.labels),
    volumes: [...(service.volumes ?? []), ...(options.volumes ?? [])],
    cap_add: [...(service.cap_add ?? []), ...(options.capAdd ?? [])],
    cap_drop: [...(service.cap_drop ?? []), ...(options.capDrop ?? [])],
    tty: options.tty,
    stdin_open: options.stdin,
    ...(options.user !== undefined && { user: options.user }),
    ...(options.workingDir !== undefined && { working_dir: options.workingDir }),
  };
}

function serviceIn(desired: Desired, name: string): Service {
  const service = desired.services[name];
  if (service === undefined)
    throw new EngineError('not-found', say`no such service: ${name}`, { subject: name });
  return service;
}

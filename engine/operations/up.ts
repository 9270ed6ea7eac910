import { setTimeout as delay } from 'node:timers/promises';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Service } from '#compose/model/project.ts';
import { readFileTextSync } from '#disk/read-file.ts';
import { withApiSocket } from '../project/api-socket.ts';
import { EngineError } from '../api/engine-error.ts';
import { type Message, say } from '../api/message.ts';
import { execute } from '../execute/execute.ts';
import type { LiveContainer, LiveContainers } from '../execute/live-containers.ts';
import { selectServices } from '../project/service-graph.ts';
import { composeHashes, type Hashes } from '../project/hashes.ts';
import { declaredIn } from '../project/declared-services.ts';
import { inspectImages, type PullPolicy, pendingPulls, pullImages, refuseMissingImages } from './pull.ts';
import type { Images } from '../observe/local-images.ts';
import { onDefaultPlatform, withDefaultPlatform } from '../project/platforms.ts';
import { observeWorld } from './observe-world.ts';
import { isOvertaken } from '../observe/changed-meanwhile.ts';
import type { Plan } from '../plan/plan.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { Report } from '../observe/progress.ts';
import { queued } from '../execute/project-queue.ts';
import { observeSettled } from '../observe/observe-when-stopped.ts';
import type { ProviderRunner } from '../providers/run-provider.ts';
import { modelsGiven, withModels } from './with-models.ts';
import type { ModelRunners } from '../models/model-runner.ts';
import { withProviders } from './with-providers.ts';
import { reconcile } from '../plan/reconcile.ts';
import type { Desired, PendingPull, ReconcileOptions, World } from '../plan/reconcile/reconcile-context.ts';
import { recreateVolumeQuestion, warningMessage } from '../plan/plan-words.ts';
import { changedVolumes } from '../plan/reconcile/reconcile-volumes.ts';
import { recordOf } from '#compose/values/record.ts';

/** The options of `docker compose up`, without those of its display. Times are seconds. */
export interface UpOptions {
  /** Empty or absent: all. What they depend on comes with them, unless `noDeps`. */
  readonly services?: readonly string[];
  readonly noDeps?: boolean;
  readonly forceRecreate?: boolean;
  readonly noRecreate?: boolean;
  readonly alwaysRecreateDeps?: boolean;
  readonly renewAnonymousVolumes?: boolean;
  readonly removeOrphans?: boolean;
  readonly ignoreOrphans?: boolean;
  readonly noStart?: boolean;
  /** For stopping containers that are replaced. */
  readonly timeout?: number;
  readonly scale?: Readonly<Record<string, number>>;
  readonly pull?: PullPolicy;
  readonly wait?: boolean;
  readonly waitTimeout?: number;
  /** Asked before data is destroyed; absent: never. */
  readonly confirm?: (question: Message) => Promise<boolean>;
  /** Builds the named services' images; absent: a missing image that would have to be built is an error. */
  readonly build?: (services: readonly string[], report: Report, signal: AbortSignal) => Promise<void>;
  /** Build even what is there (`--build`). */
  readonly forceBuild?: boolean;
  /** Calls to the engine under way at once. */
  readonly parallel?: number;
  readonly hookOutput?: (container: string, line: string) => void;
  /** Runs the programs of services with a `provider`; absent: those are refused. */
  readonly providers?: ProviderRunner;
  /** Where the models of services come from; absent: those are refused. */
  readonly models?: ModelRunners;
  /** Told of warnings as they arise. */
  readonly onWarning?: (warning: Message) => void;
}

export interface UpResult {
  readonly plan: Plan;
  /** The services that were brought up, with their containers. */
  readonly containers: Readonly<Record<string, readonly LiveContainer[]>>;
}

/**
 * Brings a project up: images, networks, volumes, containers, in the order of their dependencies. What is as it should be is left alone. Waits its turn
 * if another operation on the project is under way. Rejects with `EngineError`; whatever was done by then stays, and the next up continues.
 */
export function up(
  engine: EnginePort,
  loaded: LoadedProject,
  options: UpOptions,
  report: Report,
  signal: AbortSignal,
): Promise<UpResult> {
  return queued(engine.info.endpoint, loaded.project.name, signal, async () => {
    const desired = await desiredNow(engine, loaded, options, report, signal);
    const { plan, live } = await bringUp(engine, desired, options, report, signal);
    const containers = Object.keys(desired.services).map((name) => [name, live.of(name)] as const);
    return { plan, containers: recordOf(containers) };
  });
}

/** What is wanted, once providers and models have given what they give. */
export async function desiredNow(
  engine: EnginePort,
  loaded: LoadedProject,
  options: UpOptions,
  report: Report,
  signal: AbortSignal,
): Promise<Desired> {
  const given =
    options.providers === undefined
      ? loaded
      : await withProviders(loaded, options.providers, providerOptions(options), report, signal);
  const prepared = await withModels(given, options.models, providerOptions(options), report, signal);
  return desiredOf(await withApiSocket(engine, prepared, signal), options);
}

function providerOptions({ services = [], noDeps, onWarning }: UpOptions) {
  return { services, noDeps: noDeps === true, onWarning };
}

/** {@link up} without waiting its turn, for operations that do more than that. */
export async function bringUp(
  engine: EnginePort,
  desired: Desired,
  options: UpOptions,
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly plan: Plan; readonly live: LiveContainers; readonly world: World }> {
  const observing = observeSettled(engine, desired.project.name, report, signal);
  // What fails here fails again below.
  observing.catch(() => undefined);
  const { images, tookTime } = await prepareImages(engine, desired, options, report, signal);
  let confirmed: ReadonlySet<string> | undefined;
  let asked: ReadonlySet<string> | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const seen =
        attempt > 1 || tookTime ? observeSettled(engine, desired.project.name, report, signal) : observing;
      const world = await observeWorld(engine, desired, images, signal, seen);
      confirmed ??= await confirmVolumes(desired, world, options);
      // What has come since, by another's hand or in the attempt before, is new: it is not made anew once more.
      asked ??= new Set(world.observed.containers.map(({ id }) => id));
      return await carryOut(engine, desired, world, { confirmed, asked }, options, report, signal);
    } catch (error) {
      if (attempt >= attempts || !(await isOvertaken(engine, desired.project.name, error, signal)))
        throw error;
      await pause(Math.min(attempt, 4) * breather, signal);
    }
  }
}

/** How often what has changed meanwhile is looked at again, and after how many ms, growing up to four times that. */
const attempts = 8;
const breather = 300;

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {
    throw new EngineError('cancelled', say`Canceled.`);
  });
}

async function carryOut(
  engine: EnginePort,
  desired: Desired,
  world: World,
  { confirmed, asked }: { readonly confirmed: ReadonlySet<string>; readonly asked: ReadonlySet<string> },
  options: UpOptions,
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly plan: Plan; readonly live: LiveContainers; readonly world: World }> {
  const plan = reconcile(desired, world, {
    ...reconcileOptions(options, confirmed, []),
    recreateOnly: asked,
  });
  for (const warning of plan.warnings) options.onWarning?.(warningMessage(warning));
  for (const name of plan.upToDate) report({ kind: 'container', name, status: 'Running' });
  const live = await execute(
    engine,
    plan,
    {
      desired,
      surroundings: world.surroundings,
      observed: world.observed,
      ...(options.parallel !== undefined && { parallel: options.parallel }),
      ...(options.hookOutput !== undefined && { hookOutput: options.hookOutput }),
    },
    report,
    signal,
  );
  return { plan, live, world };
}

/** What {@link up} would do now. Nothing is pulled, built or changed; nothing is asked: changed volumes are shown as kept. */
export async function plan(
  engine: EnginePort,
  loaded: LoadedProject,
  options: UpOptions,
  signal: AbortSignal,
): Promise<Plan> {
  return (await planIn(engine, loaded, options, signal)).plan;
}

/** {@link plan}, with what it was made from. */
export async function planIn(
  engine: EnginePort,
  loaded: LoadedProject,
  options: UpOptions,
  signal: AbortSignal,
): Promise<{ readonly plan: Plan; readonly desired: Desired; readonly world: World }> {
  const given = await modelsGiven(loaded, options.models, providerOptions(options), signal);
  const desired = desiredOf(await withApiSocket(engine, given, signal), options);
  const { name } = loaded.project;
  const images = await inspectImages(engine, name, desired.services, signal);
  const pulls = onDefaultPlatform(
    pendingPulls(name, desired.services, images, options.pull),
    desired.environment,
  );
  const world = await observeWorld(engine, desired, images, signal);
  const confirmed = await confirmVolumes(desired, world, options);
  return { plan: reconcile(desired, world, reconcileOptions(options, confirmed, pulls)), desired, world };
}

/** What a loaded project and the options of an up ask for. */
export function desiredOf(
  loaded: LoadedProject,
  options: UpOptions,
  hashes: Hashes = composeHashes,
): Desired {
  const project = withDefaultPlatform(loaded.project, loaded.environment);
  const scale = options.scale ?? recordOf<number>();
  for (const name of Object.keys(scale)) {
    if (project.services[name] === undefined) {
      throw new EngineError('not-found', say`no such service: ${name}`, { subject: name });
    }
  }
  const selected = selectServices(project, options.services ?? [], { noDeps: options.noDeps === true });
  const services = Object.entries(selected).flatMap(([name, service]): [string, Service][] => {
    // What a provider gives has no container.
    if (service.provider !== undefined && options.providers !== undefined) return [];
    const count = scale[name];
    return [[name, count === undefined ? service : { ...service, scale: count }]];
  });
  return {
    project,
    services: recordOf(services),
    declared: declaredIn({ ...loaded, project }),
    origin: {
      workingDirectory: loaded.workingDirectory,
      files: loaded.files,
      envFiles: loaded.envFiles,
    },
    hashes,
    readText: (path) => readFileTextSync(path, 'settings'),
    environment: loaded.environment,
  };
}

export function reconcileOptions(
  options: UpOptions,
  recreateVolumes: ReadonlySet<string>,
  pulls: readonly PendingPull[],
): ReconcileOptions {
  const forced = options.forceRecreate === true || options.renewAnonymousVolumes === true;
  const never = options.noRecreate === true;
  return {
    targets: options.services ?? [],
    recreate: never ? 'never' : forced ? 'force' : 'diverged',
    recreateDependencies: never ? 'never' : options.alwaysRecreateDeps === true ? 'force' : 'diverged',
    inherit: options.renewAnonymousVolumes !== true,
    ...(options.timeout !== undefined && { timeout: options.timeout }),
    removeOrphans: options.removeOrphans === true,
    ignoreOrphans: options.ignoreOrphans === true,
    recreateVolumes,
    start: options.noStart !== true,
    ...(options.wait === true && {
      waitForAll: options.waitTimeout === undefined ? {} : { timeout: options.waitTimeout },
    }),
    pulls,
  };
}

/** Pulls and builds what is missing or asked for; much can have happened on the engine when that took its time. */
export async function prepareImages(
  engine: EnginePort,
  { project, services, environment }: Desired,
  options: UpOptions,
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly images: Images; readonly tookTime: boolean }> {
  const inspect = () => inspectImages(engine, project.name, services, signal);
  let images = await inspect();
  const pulls = onDefaultPlatform(pendingPulls(project.name, services, images, options.pull), environment);
  const buildable = new Set(
    Object.values(services).flatMap((service) => (service.build === undefined ? [] : [service.image])),
  );
  if (pulls.length > 0) {
    await pullImages(engine, pulls, (reference) => buildable.has(reference), report, signal);
    images = await inspect();
  }
  const toBuild = Object.entries(services).flatMap(([name, service]) => {
    if (service.build === undefined) return [];
    const missing = images[service.image ?? `${project.name}-${name}`] === undefined;
    return missing || options.forceBuild === true || service.pull_policy === 'build' ? [name] : [];
  });
  if (toBuild.length > 0 && options.build !== undefined) {
    await options.build(toBuild, report, signal);
    images = await inspect();
  }
  refuseMissingImages(project.name, services, images);
  return { images, tookTime: pulls.length > 0 || toBuild.length > 0 };
}

async function confirmVolumes(
  desired: Desired,
  world: World,
  options: UpOptions,
): Promise<ReadonlySet<string>> {
  const confirmed = new Set<string>();
  for (const volume of changedVolumes(desired, world)) {
    if ((await options.confirm?.(recreateVolumeQuestion(volume))) === true) confirmed.add(volume.key);
  }
  return confirmed;
}

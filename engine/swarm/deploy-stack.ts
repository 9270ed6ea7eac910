import { findUnsupported } from '#compose/check/swarm/attributes.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import type { FileObject } from '#compose/model/project.ts';
import { recordOf } from '#compose/values/record.ts';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import type { FileKind } from '../api/swarm-calls.ts';
import { changeService } from './change-service.ts';
import { pinImage, pinnedOf, taggedImage, withPinned } from './pin-images.ts';
import { type ObservedStack, type StackRequest, stackRequests } from './stack.ts';
import { type FileOptions, type Renamed, readContents, updateFile, withFileIds } from './stack-files.ts';
import { engineNetworks, imageLabel, stackLabel } from './stack-labels.ts';

export interface DeployOptions extends FileOptions {
  /** Remove services of the stack that the files no longer have. */
  readonly prune: boolean;
  /** When images are pinned to what the registry has now. `changed`: only where the file's image differs. */
  readonly resolveImage: 'always' | 'changed' | 'never';
  /** The registry's user goes to the nodes. */
  readonly credentials: boolean;
  /** Only say the steps. */
  readonly dryRun: boolean;
  readonly onStep: (request: StackRequest) => void;
}

/**
 * Makes the swarm's stack what the files say, as `docker stack deploy` does; resolves with the ids of its services, which may still be starting.
 * Rejects with `EngineError`, before anything is changed where it can be known by then.
 */
export async function deployStack(
  engine: EnginePort,
  loaded: LoadedProject,
  stack: string,
  options: DeployOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { project } = loaded;
  const unsupported = findUnsupported(project);
  const refused = unsupported.filter((each) => each.refused);
  if (refused.length > 0) {
    const list = refused.map(({ path, instead }) =>
      instead === undefined ? path : `${path} (→ ${instead})`,
    );
    throw new EngineError('unsupported', say`Swarm does not support: ${list.join(', ')}.`);
  }
  for (const { path, instead } of unsupported)
    options.onWarning(
      `${path} is not supported by Swarm and is left out${instead === undefined ? '' : `; use ${instead}`}`,
    );
  await requireManager(engine, signal);
  const contents = await readContents(loaded);
  const observed = await observeStack(engine, stack, loaded, signal);
  const ids: string[] = [];
  const renamed: Renamed = new Map();
  for (const request of stackRequests(project, stack, contents, observed, options)) {
    options.onStep(request);
    if (options.dryRun) continue;
    const id = await carryOut(engine, request, renamed, options, signal);
    if (id !== undefined) ids.push(id);
  }
  return ids;
}

/** Rejects (kind `unsupported`) when this engine cannot be asked about the swarm, and says what to do. */
export async function requireManager(engine: EnginePort, signal: AbortSignal): Promise<void> {
  const { state, isManager } = await engine.inspectSwarmMembership(signal);
  if (isManager) return;
  throw new EngineError(
    'unsupported',
    state === 'active'
      ? say`This engine is a worker of its swarm. Connect to a manager, or promote this node there.`
      : say`This engine is not part of a swarm. Run "swarm init" to begin one, or "swarm join" to join one.`,
  );
}

async function observeStack(
  engine: EnginePort,
  stack: string,
  { project }: LoadedProject,
  signal: AbortSignal,
): Promise<ObservedStack> {
  const label = [`${stackLabel}=${stack}`];
  const named = (objects: Readonly<Record<string, FileObject>> | undefined) =>
    Object.values(objects ?? {}).flatMap(({ name, external }) => (external === true ? [] : [name]));
  const files = async (kind: FileKind, names: readonly string[]) => {
    if (names.length === 0) return [];
    const found = await engine.listSwarmFiles(kind, { name: names }, signal);
    return found.map(({ ID, Version, Spec }) => ({ kind, name: Spec.Name, id: ID, version: Version.Index }));
  };
  const [networks, secrets, configs, services] = await Promise.all([
    engine.listNetworks({ labels: label }, signal),
    files('secret', named(project.secrets)),
    files('config', named(project.configs)),
    engine.listServices({ label }, signal),
  ]);
  return {
    networks: recordOf(networks.map(({ name, id }) => [name, id])),
    files: [...secrets, ...configs],
    services,
  };
}

/** Resolves with the id of the service, if it made or changed one. */
async function carryOut(
  engine: EnginePort,
  request: StackRequest,
  renamed: Renamed,
  options: DeployOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  switch (request.kind) {
    case 'remove-service':
      await engine.removeService(request.id, signal);
      return undefined;
    case 'check-network':
      await checkNetwork(engine, request.name, signal);
      return undefined;
    case 'create-network':
      await engine.createNetwork(request.spec, signal);
      options.onMade?.({ kind: 'network', name: request.name });
      return undefined;
    case 'create-file':
      await engine.createSwarmFile(request.file, request.spec, signal);
      options.onMade?.({ kind: request.file, name: request.name });
      return undefined;
    case 'update-file':
      await updateFile(engine, request, renamed, options, signal);
      return undefined;
    case 'create-service': {
      const image = request.spec.Labels?.[imageLabel] ?? '';
      const pinned =
        options.resolveImage === 'never'
          ? { image: taggedImage(image) }
          : await pinImage(engine, image, options.onWarning, signal);
      const spec = await withFileIds(engine, withPinned(request.spec, pinned), renamed, signal);
      const { ID, Warnings } = await engine.createService(spec, options, signal);
      options.onMade?.({ kind: 'service', name: request.name });
      for (const warning of Warnings ?? []) options.onWarning(warning);
      return ID;
    }
    case 'update-service': {
      const spec = await withFileIds(engine, request.spec, renamed, signal);
      const image = spec.Labels?.[imageLabel] ?? '';
      const isNew = async () =>
        (await engine.inspectService(request.id, signal)).Spec.Labels?.[imageLabel] !== image;
      const asks =
        options.resolveImage === 'always' || (options.resolveImage === 'changed' && (await isNew()));
      const pinned = asks
        ? await pinImage(engine, image, options.onWarning, signal)
        : { image: taggedImage(image) };
      await changeService(
        engine,
        request.id,
        (old) => {
          const isSame = old.Labels?.[imageLabel] === image;
          const kept = options.resolveImage === 'always' ? undefined : pinnedOf(old);
          const changed = withPinned(spec, isSame && kept !== undefined ? kept : pinned);
          return {
            ...changed,
            TaskTemplate: { ...changed.TaskTemplate, ForceUpdate: old.TaskTemplate.ForceUpdate ?? 0 },
          };
        },
        options,
        signal,
      );
      return request.id;
    }
  }
}

async function checkNetwork(engine: EnginePort, name: string, signal: AbortSignal): Promise<void> {
  if (engineNetworks.includes(name)) return;
  const { scope } = await engine.inspectNetwork(name, signal);
  if (scope !== 'swarm')
    throw new EngineError(
      'invalid',
      say`The external network ${name} exists on one machine only (scope ${scope}). Create it with the driver overlay.`,
      { subject: name },
    );
}

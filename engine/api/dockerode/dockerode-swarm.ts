import type { Calls } from './call.ts';
import type { RegistryAuth } from '../registry-auth-header.ts';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import type { FileKind, ServiceSpec, SwarmCalls, Versioned } from '../swarm-calls.ts';

/** Swarm mode. Of its answers dockerode declares little, or what they are not. */
export function swarmCalls(
  { docker, answer, run, ask, bytes, query }: Calls,
  registryAuth: RegistryAuth,
): SwarmCalls {
  const node = (id: string) => docker.getNode(encodeURIComponent(id));
  const service = (id: string) => docker.getService(encodeURIComponent(id));
  const file = (kind: FileKind, id: string) =>
    kind === 'secret' ? docker.getSecret(encodeURIComponent(id)) : docker.getConfig(encodeURIComponent(id));
  /** A read of which dockerode declares no signal. */
  const get = <T>(signal: AbortSignal, path: string) => ask<T>(signal, undefined, { path, method: 'GET' });
  const list = async <T>(signal: AbortSignal, work: () => Promise<unknown>): Promise<readonly T[]> =>
    (await answer<readonly T[] | null>(signal, undefined, work)) ?? [];
  const authOf = async (image: string | undefined, signal: AbortSignal) => {
    const base64 = image === undefined ? undefined : await registryAuth(image, signal);
    return base64 === undefined ? {} : { authconfig: { base64 } };
  };
  const imageOf = (spec: ServiceSpec) => spec.TaskTemplate.ContainerSpec?.Image;

  return {
    async inspectSwarmMembership(signal) {
      const told = await get<{ readonly Swarm?: SwarmInfo | null }>(signal, '/info');
      const Swarm: SwarmInfo = told.Swarm ?? {};
      return {
        state: Swarm.LocalNodeState ?? 'inactive',
        nodeId: Swarm.NodeID ?? '',
        isManager: Swarm.ControlAvailable === true,
        address:
          Swarm.RemoteManagers?.find(({ NodeID }) => NodeID === Swarm.NodeID)?.Addr ?? Swarm.NodeAddr ?? '',
      };
    },
    initSwarm: (spec, signal) =>
      answer<string>(signal, undefined, () => docker.swarmInit(query({}, signal, spec))),
    joinSwarm: (spec, signal) =>
      answer<void>(signal, undefined, () => docker.swarmJoin(query({}, signal, spec))),
    leaveSwarm: ({ force }, signal) =>
      answer<void>(signal, undefined, () => docker.swarmLeave(query({ force }, signal))),
    getJoinTokens: async (signal) => (await get<SwarmObject>(signal, '/swarm')).JoinTokens,
    async rotateJoinToken(role, signal) {
      const { Version, Spec } = await get<SwarmObject>(signal, '/swarm');
      const values = {
        version: Version.Index,
        rotateWorkerToken: role === 'worker',
        rotateManagerToken: role === 'manager',
      };
      await answer(signal, undefined, () => docker.swarmUpdate(query(values, signal, Spec)));
    },
    listSwarmNodes: (signal) => list(signal, () => docker.listNodes(query({ filters: {} }, signal))),
    inspectSwarmNode: (id, signal) => get(signal, `/nodes/${encodeURIComponent(id)}`),
    updateSwarmNode: (id, version, spec, signal) =>
      run(signal, id, () => node(id).update(query({ version }, signal, spec))),
    removeSwarmNode: (id, { force }, signal) =>
      run(signal, id, () => node(id).remove(query({ force }, signal))),
    // The counts of tasks come with API 1.41.
    listServices: (filters, signal) =>
      list(signal, () => docker.listServices(query({ filters, status: true }, signal))),
    inspectService: (id, signal) => get(signal, `/services/${encodeURIComponent(id)}`),
    // dockerode's own keeps the warnings to itself.
    async createService(spec, { credentials }, signal) {
      const auth = await authOf(credentials ? imageOf(spec) : undefined, signal);
      const options = query({}, signal, spec);
      return ask(signal, spec.Name, { path: '/services/create?', method: 'POST', options, ...auth });
    },
    async updateService(id, version, spec, { credentials, rollback }, signal) {
      const values = {
        version,
        // Whoever may pull the image now may go on doing so.
        ...(!credentials && { registryAuthFrom: rollback === true ? 'previous-spec' : 'spec' }),
        ...(rollback === true && { rollback: 'previous' }),
      };
      const auth = await authOf(credentials ? imageOf(spec) : undefined, signal);
      try {
        return await answer<ServiceAnswer>(signal, spec.Name, () =>
          service(id).update({ ...query(values, signal, spec), ...auth }),
        );
      } catch (error) {
        if (error instanceof EngineError && /out of sequence/.test(error.message))
          throw new EngineError(
            'conflict',
            say`The service ${spec.Name} was changed by someone else at the same time. Try again.`,
            { subject: spec.Name, cause: error },
          );
        throw error;
      }
    },
    removeService: (id, signal) => run(signal, id, () => service(id).remove({ abortSignal: signal })),
    listTasks: (filters, signal) => list(signal, () => docker.listTasks(query({ filters }, signal))),
    // dockerode's own reads logs whole where they are not followed.
    getServiceLogs: (id, { follow, timestamps, tail, since }, signal) =>
      bytes(signal, id, {
        path: `/services/${encodeURIComponent(id)}/logs?`,
        method: 'GET',
        options: {
          follow,
          timestamps,
          tail: tail ?? 'all',
          since,
          stdout: true,
          stderr: true,
          details: true,
        },
      }),
    listSwarmFiles: (kind, filters, signal) => {
      const options = query({ filters }, signal);
      return list(signal, () =>
        kind === 'secret' ? docker.listSecrets(options) : docker.listConfigs(options),
      );
    },
    createSwarmFile: async (kind, spec, signal) => {
      const options = query({}, signal, spec);
      const { id } = await answer<{ readonly id: string }>(signal, String(spec.Name), () =>
        kind === 'secret' ? docker.createSecret(options) : docker.createConfig(options),
      );
      return id;
    },
    updateSwarmFile: (kind, id, version, spec, signal) =>
      run(signal, String(spec.Name), () => file(kind, id).update(query({ version }, signal, spec))),
    removeSwarmFile: (kind, id, signal) =>
      run(signal, id, () => file(kind, id).remove({ abortSignal: signal })),
  };
}

type ServiceAnswer = Awaited<ReturnType<SwarmCalls['updateService']>>;

interface SwarmInfo {
  readonly LocalNodeState?: string;
  readonly NodeID?: string;
  readonly NodeAddr?: string;
  readonly ControlAvailable?: boolean;
  readonly RemoteManagers?: readonly { readonly NodeID: string; readonly Addr: string }[] | null;
}

interface SwarmObject extends Versioned {
  readonly Spec: object;
  readonly JoinTokens: { readonly Worker: string; readonly Manager: string };
}

import type { Calls } from './call.ts';
import type { RegistryAuth } from '../registry-auth-header.ts';
import { EngineError } from '../engine-error.ts';
import { say } from '../message.ts';
import type { FileKind, ServiceSpec, SwarmCalls, SwarmFilter, Versioned } from '../swarm-calls.ts';

/** Swarm mode through the modem: dockerode's methods for it know no signal. */
export function swarmCalls({ ask, bytes }: Calls, registryAuth: RegistryAuth): SwarmCalls {
  const get = <T>(signal: AbortSignal, path: string, query: Readonly<Record<string, unknown>> = {}) =>
    ask<T>(signal, undefined, { path: `${path}?`, method: 'GET', options: { _query: query } });
  const remove = (signal: AbortSignal, subject: string, path: string) =>
    ask<void>(signal, subject, { path, method: 'DELETE' });
  const post = <T>(signal: AbortSignal, subject: string | undefined, path: string, body: object = {}) =>
    ask<T>(signal, subject, { path, method: 'POST', options: { _body: body } });
  const list = <T>(signal: AbortSignal, path: string, filters: SwarmFilter, more: object = {}) =>
    get<readonly T[] | null>(signal, path, { filters, ...more }).then((found) => found ?? []);

  async function send<T>(
    path: string,
    query: Readonly<Record<string, unknown>>,
    spec: ServiceSpec,
    credentials: boolean,
    signal: AbortSignal,
  ): Promise<T> {
    const image = spec.TaskTemplate.ContainerSpec?.Image;
    const auth = credentials && image !== undefined ? await registryAuth(image, signal) : undefined;
    return ask<T>(signal, spec.Name, {
      path: `${path}?`,
      method: 'POST',
      options: { _query: query, _body: spec },
      ...(auth !== undefined && { authconfig: { base64: auth } }),
    });
  }

  return {
    async inspectSwarmMembership(signal) {
      const { Swarm = {} } = await get<{ readonly Swarm?: SwarmInfo }>(signal, '/info');
      return {
        state: Swarm.LocalNodeState ?? 'inactive',
        nodeId: Swarm.NodeID ?? '',
        isManager: Swarm.ControlAvailable === true,
        address:
          Swarm.RemoteManagers?.find(({ NodeID }) => NodeID === Swarm.NodeID)?.Addr ?? Swarm.NodeAddr ?? '',
      };
    },
    initSwarm: (spec, signal) => post<string>(signal, undefined, '/swarm/init', spec),
    joinSwarm: (spec, signal) => post<void>(signal, undefined, '/swarm/join', spec),
    leaveSwarm: ({ force }, signal) =>
      ask<void>(signal, undefined, {
        path: '/swarm/leave?',
        method: 'POST',
        options: { _query: { force }, _body: {} },
      }),
    getJoinTokens: async (signal) => (await get<SwarmObject>(signal, '/swarm')).JoinTokens,
    async rotateJoinToken(role, signal) {
      const { Version, Spec } = await get<SwarmObject>(signal, '/swarm');
      await ask<void>(signal, undefined, {
        path: '/swarm/update?',
        method: 'POST',
        options: {
          _query: {
            version: Version.Index,
            rotateWorkerToken: role === 'worker',
            rotateManagerToken: role === 'manager',
          },
          _body: Spec,
        },
      });
    },
    listSwarmNodes: (signal) => list(signal, '/nodes', {}),
    inspectSwarmNode: (id, signal) => get(signal, `/nodes/${encodeURIComponent(id)}`),
    updateSwarmNode: (id, version, spec, signal) =>
      ask<void>(signal, id, {
        path: `/nodes/${encodeURIComponent(id)}/update?`,
        method: 'POST',
        options: { _query: { version }, _body: spec },
      }),
    removeSwarmNode: (id, { force }, signal) =>
      ask<void>(signal, id, {
        path: `/nodes/${encodeURIComponent(id)}?`,
        method: 'DELETE',
        options: { force },
      }),
    // The counts of tasks come with API 1.41.
    listServices: (filter, signal) => list(signal, '/services', filter, { status: true }),
    inspectService: (id, signal) => get(signal, `/services/${encodeURIComponent(id)}`),
    createService: (spec, { credentials }, signal) => send('/services/create', {}, spec, credentials, signal),
    async updateService(id, version, spec, { credentials, rollback }, signal) {
      const query = {
        version,
        // Whoever may pull the image now may go on doing so.
        ...(!credentials && { registryAuthFrom: rollback === true ? 'previous-spec' : 'spec' }),
        ...(rollback === true && { rollback: 'previous' }),
      };
      try {
        return await send(`/services/${encodeURIComponent(id)}/update`, query, spec, credentials, signal);
      } catch (error) {
        if (error instanceof EngineError && /out of sequence/.test(error.message))
          throw new EngineError(
            'conflict',
            say`The service ${spec.Name} was changed by someone else at the same moment. Try again.`,
            { subject: spec.Name, cause: error },
          );
        throw error;
      }
    },
    removeService: (id, signal) => remove(signal, id, `/services/${encodeURIComponent(id)}`),
    listTasks: (filter, signal) => list(signal, '/tasks', filter),
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
    listSwarmFiles: (kind, filter, signal) => list(signal, pathOf(kind), filter),
    createSwarmFile: async (kind, spec, signal) =>
      (await post<Pick<Versioned, 'ID'>>(signal, String(spec.Name), `${pathOf(kind)}/create`, spec)).ID,
    updateSwarmFile: (kind, id, version, spec, signal) =>
      ask<void>(signal, String(spec.Name), {
        path: `${pathOf(kind)}/${encodeURIComponent(id)}/update?`,
        method: 'POST',
        options: { _query: { version }, _body: spec },
      }),
    removeSwarmFile: (kind, id, signal) => remove(signal, id, `${pathOf(kind)}/${encodeURIComponent(id)}`),
  };
}

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

function pathOf(kind: FileKind): string {
  return kind === 'secret' ? '/secrets' : '/configs';
}

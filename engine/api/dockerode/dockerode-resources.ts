import type Dockerode from 'dockerode';
import { toNetwork, toVolume } from './read-answers.ts';
import type { ResourceCalls } from '../resource-calls.ts';
import type { Calls } from './call.ts';

/** Networks and volumes. */
export function resourceCalls({
  docker,
  call,
  run,
  ask,
  query,
  filtered,
  network,
  volume,
}: Calls): ResourceCalls {
  return {
    listNetworks: ({ labels }, signal) =>
      call(signal, undefined, async () =>
        (await docker.listNetworks({ filters: filtered(labels), abortSignal: signal })).map(toNetwork),
      ),
    // dockerode's own knows no signal.
    inspectNetwork: async (name, signal) =>
      toNetwork(
        await ask<Dockerode.NetworkInspectInfo>(signal, name, {
          path: `/networks/${encodeURIComponent(name)}`,
          method: 'GET',
        }),
      ),
    createNetwork: (spec, signal) =>
      call(signal, String(spec.Name), async () => {
        const { id } = await docker.createNetwork({ Name: String(spec.Name), ...query({}, signal, spec) });
        return { id };
      }),
    connectNetwork: (name, id, endpoint, signal) =>
      run(signal, name, () =>
        network(name).connect({
          Container: id,
          ...query({}, signal, { Container: id, EndpointConfig: endpoint }),
        }),
      ),
    disconnectNetwork: (name, id, signal) =>
      run(signal, name, () =>
        network(name).disconnect({ Container: id, ...query({}, signal, { Container: id, Force: true }) }),
      ),
    removeNetwork: (id, signal) => run(signal, id, () => network(id).remove({ abortSignal: signal })),
    listVolumes: ({ labels }, signal) =>
      call(signal, undefined, async () => {
        const reply = await docker.listVolumes({ filters: filtered(labels), abortSignal: signal });
        return (reply.Volumes ?? []).map(toVolume);
      }),
    inspectVolume: (name, signal) =>
      call(signal, name, async () => toVolume(await volume(name).inspect({ abortSignal: signal }))),
    // dockerode's own keeps all but the name to itself.
    createVolume: async (spec, signal) =>
      toVolume(
        await ask<Dockerode.VolumeInspectInfo>(signal, String(spec.Name), {
          path: '/volumes/create',
          method: 'POST',
          options: { _body: spec },
        }),
      ),
    removeVolume: (name, signal) => run(signal, name, () => volume(name).remove({ abortSignal: signal })),
  };
}

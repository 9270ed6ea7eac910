import type Dockerode from 'dockerode';
import { toNetwork, toVolume } from './read-answers.ts';
import type { ResourceCalls } from '../resource-calls.ts';
import type { Calls } from './call.ts';

/** Networks and volumes. */
export function resourceCalls({ docker, call, run, ask, filtered, network, volume }: Calls): ResourceCalls {
  return {
    listNetworks: ({ labels }, signal) =>
      call(signal, undefined, async () =>
        (await docker.listNetworks({ filters: filtered(labels), abortSignal: signal })).map(toNetwork),
      ),
    inspectNetwork: async (name, signal) =>
      toNetwork(
        await ask<Dockerode.NetworkInspectInfo>(signal, name, {
          path: `/networks/${encodeURIComponent(name)}`,
          method: 'GET',
        }),
      ),
    createNetwork: async (spec, signal) => {
      const reply = await ask<{ readonly Id: string }>(signal, String(spec.Name), {
        path: '/networks/create',
        method: 'POST',
        options: { _body: spec },
      });
      return { id: reply.Id };
    },
    connectNetwork: (name, id, endpoint, signal) =>
      ask(signal, name, {
        path: `/networks/${encodeURIComponent(name)}/connect`,
        method: 'POST',
        options: { _body: { Container: id, EndpointConfig: endpoint } },
      }),
    disconnectNetwork: (name, id, signal) =>
      ask(signal, name, {
        path: `/networks/${encodeURIComponent(name)}/disconnect`,
        method: 'POST',
        options: { _body: { Container: id, Force: true } },
      }),
    removeNetwork: (id, signal) => run(signal, id, () => network(id).remove({ abortSignal: signal })),
    listVolumes: ({ labels }, signal) =>
      call(signal, undefined, async () => {
        const reply = await docker.listVolumes({ filters: filtered(labels), abortSignal: signal });
        return (reply.Volumes ?? []).map(toVolume);
      }),
    inspectVolume: (name, signal) =>
      call(signal, name, async () => toVolume(await volume(name).inspect({ abortSignal: signal }))),
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

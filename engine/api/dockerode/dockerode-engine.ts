import type Dockerode from 'dockerode';
import { callFacts, type CallFacts, callsWhere } from '../call-facts.ts';
import { callsTo } from './call.ts';
import { containerCalls } from './dockerode-containers.ts';
import { imageCalls } from './dockerode-images.ts';
import type { RegistryAuth } from '../registry-auth-header.ts';
import { resourceCalls } from './dockerode-resources.ts';
import { streamCalls } from './dockerode-streams.ts';
import { EngineModem } from './modem.ts';
import type { EnginePort } from '../engine-port.ts';
import type { EngineInfo } from '../engine-objects.ts';
import { swarmCalls } from './dockerode-swarm.ts';
import type { Transport } from '../transport/transport.ts';
import { recordOf } from '#compose/values/record.ts';

/**
 * `EnginePort` through dockerode, which knows the calls of the Engine API: each is asked of dockerode's own method, with its options as `_query` and `_body`
 * where dockerode would send the same as both. This folder is all that knows dockerode, which is loaded when the first engine is connected.
 *
 * What dockerode brings along and is not used, why, and what is in its place (`scripts/lib/bundle.mjs` leaves these out of the bundle; with them, loading
 * takes three times as long):
 * - docker-modem: never settles when a reply is cut in its middle or the engine falls silent, knows no Docker contexts, and its demultiplexer takes
 *   quadratic time. `modem.ts` speaks to dockerode as it does, over `transport/`; `demux.ts` takes output apart.
 * - ssh2, cpu-features: know nothing of `~/.ssh/config`, jump hosts and known hosts. `transport/ssh-connection.ts` runs the user's own ssh.
 * - gRPC, protobufjs, dockerode's `session.js`: a BuildKit session that hands out one password; no secrets, no SSH agent, no folders, no status that
 *   is read. `buildkit/` speaks with it.
 * - tar-fs, @balena/dockerignore, zlib: only for contexts that dockerode packs. `image-build/` sends what the builder asks for.
 *
 * A few calls go to the modem itself, each with its reason beside it: dockerode keeps a part of the answer to itself, reads whole what is to be
 * streamed, or knows no signal.
 */
export async function dockerodeEngine(
  transport: Transport,
  info: EngineInfo,
  registryAuth: RegistryAuth,
  credentials: EnginePort['credentials'],
): Promise<EnginePort> {
  const { default: Docker } = await import('dockerode');
  return patientPort((answerWithin) => {
    const modem = new EngineModem(transport, info.apiVersion, answerWithin);
    const options: Dockerode.DockerOptions & { readonly modem: EngineModem } = { modem };
    const calls = callsTo(new Docker(options), modem, info);
    const { ask } = calls;
    return {
      info,
      // Of these two dockerode declares no signal.
      ping: (signal) => ask(signal, '', { path: '/_ping', method: 'GET' }),
      async architecture(signal) {
        const { Arch = '' } = await ask<{ readonly Arch?: string }>(signal, undefined, {
          path: '/version',
          method: 'GET',
        });
        return Arch;
      },
      async listEngineLabels(signal) {
        const { Labels } = await ask<{ readonly Labels?: readonly string[] | null }>(signal, undefined, {
          path: '/info',
          method: 'GET',
        });
        return Labels ?? [];
      },

      ...containerCalls(calls),
      ...resourceCalls(calls),
      ...imageCalls(calls, registryAuth, credentials),
      ...streamCalls(calls),
      ...swarmCalls(calls, registryAuth),
      close: () => transport.close(),
    };
  });
}

/** Each call of the port through a modem that waits for its answer as long as `callFacts` says. */
function patientPort(portThat: (waits: CallFacts['answerWithin']) => EnginePort): EnginePort {
  const ports = new Map<CallFacts['answerWithin'], EnginePort>();
  const limited = callsWhere(({ answerWithin }) => answerWithin !== 'never').map((name) => {
    const { answerWithin } = callFacts[name];
    const port = ports.get(answerWithin) ?? portThat(answerWithin);
    ports.set(answerWithin, port);
    return [name, port[name]] as const;
  });
  return { ...portThat('never'), ...recordOf(limited) };
}

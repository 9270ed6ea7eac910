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

/**
 * `EnginePort` through dockerode. This file, `calls/`, `modem.ts` and `convert.ts` beside it are all that knows dockerode; it is loaded here, when the
 * first engine is connected. Where dockerode has no option for a call's query, or would read a stream whole, the modem is asked directly.
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
    const { run, ask } = calls;
    return {
      info,
      ping: (signal) =>
        run(signal, '', () => modem.request({ path: '/_ping', method: 'GET', abortSignal: signal })),
      async architecture(signal) {
        const { Arch = '' } = await ask<{ readonly Arch?: string }>(signal, undefined, {
          path: '/version',
          method: 'GET',
          options: {},
        });
        return Arch;
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
  return { ...portThat('never'), ...Object.fromEntries(limited) };
}

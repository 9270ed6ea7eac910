import type Dockerode from 'dockerode';
import { duplexBytes, pullBytes } from '../byte-stream.ts';
import type { DialOptions, EngineModem } from './modem.ts';
import type { EngineInfo } from '../engine-objects.ts';
import { type ErrorContext, translateError } from '../translate-error.ts';

/** The ways a call to the Engine is made; whatever fails is an `EngineError` by then. */
export type Calls = ReturnType<typeof callsTo>;

export function callsTo(docker: Dockerode, modem: EngineModem, info: EngineInfo) {
  const context = (subject?: string): ErrorContext => ({
    endpoint: info.endpoint,
    ...(subject === undefined ? {} : { subject }),
  });
  async function call<T>(
    signal: AbortSignal,
    subject: string | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translateError(error, context(subject), signal);
    }
  }
  const run = async (signal: AbortSignal, subject: string, work: () => Promise<unknown>): Promise<void> => {
    await call(signal, subject, work);
  };
  /** A call that dockerode has no, or no fitting, method for. */
  const ask = <T>(signal: AbortSignal, subject: string | undefined, dial: DialOptions): Promise<T> =>
    // The Engine's own declaration of the reply's type: the caller names it.
    call(signal, subject, () => modem.request({ ...dial, abortSignal: signal }) as Promise<T>);
  const bytes = (signal: AbortSignal, subject: string | undefined, dial: DialOptions) =>
    call(signal, subject, async () => {
      const stream = await modem.stream({ ...dial, abortSignal: signal });
      return pullBytes(stream, (error) => translateError(error, context(subject), signal));
    });
  const hijack = (signal: AbortSignal, subject: string, dial: DialOptions) =>
    call(signal, subject, async () => {
      const socket = await modem.hijack({ ...dial, abortSignal: signal });
      return duplexBytes(socket, (error) => translateError(error, context(subject), signal));
    });
  const container = (id: string) => docker.getContainer(encodeURIComponent(id));
  const network = (name: string) => docker.getNetwork(encodeURIComponent(name));
  const volume = (name: string) => docker.getVolume(encodeURIComponent(name));
  /** dockerode sends its options as the query and as the body; an engine minds a body where none belongs. */
  const query = (values: Readonly<Record<string, unknown>>, abortSignal: AbortSignal) => ({
    _query: values,
    _body: {},
    abortSignal,
  });
  const filtered = (labels: readonly string[]) => JSON.stringify({ label: labels });

  return {
    docker,
    modem,
    info,
    context,
    call,
    run,
    ask,
    bytes,
    hijack,
    container,
    network,
    volume,
    query,
    filtered,
  };
}

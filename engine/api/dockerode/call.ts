import type { Duplex, Readable } from 'node:stream';
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
  /** An answer of which dockerode declares no type, or another: the Engine's own, named by the caller. */
  const answer = <T>(
    signal: AbortSignal,
    subject: string | undefined,
    work: () => Promise<unknown>,
  ): Promise<T> => call(signal, subject, work as () => Promise<T>);
  /** A call that dockerode has no, or no fitting, method for. */
  const ask = <T>(signal: AbortSignal, subject: string | undefined, dial: DialOptions): Promise<T> =>
    answer<T>(signal, subject, () => modem.request({ ...dial, abortSignal: signal }));
  /** A stream; dockerode declares less of what its modem resolves with than there is. */
  const stream = (
    signal: AbortSignal,
    subject: string | undefined,
    work: () => Promise<NodeJS.ReadableStream>,
  ) =>
    call(signal, subject, async () =>
      pullBytes((await work()) as Readable, (error) => translateError(error, context(subject), signal)),
    );
  /** A stream that dockerode would read whole, or has no method for. */
  const bytes = (signal: AbortSignal, subject: string | undefined, dial: DialOptions) =>
    stream(signal, subject, () => modem.stream({ ...dial, abortSignal: signal }));
  /** The connection itself, after the engine has stopped speaking HTTP on it. */
  const duplex = (signal: AbortSignal, subject: string, work: () => Promise<NodeJS.ReadWriteStream>) =>
    call(signal, subject, async () =>
      duplexBytes((await work()) as Duplex, (error) => translateError(error, context(subject), signal)),
    );
  const container = (id: string) => docker.getContainer(encodeURIComponent(id));
  const network = (name: string) => docker.getNetwork(encodeURIComponent(name));
  const volume = (name: string) => docker.getVolume(encodeURIComponent(name));
  /** dockerode sends its options as the query and as the body; an engine minds a body where none belongs. */
  const query = (values: Readonly<Record<string, unknown>>, abortSignal: AbortSignal, body: object = {}) => ({
    _query: values,
    _body: body,
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
    answer,
    ask,
    stream,
    bytes,
    duplex,
    container,
    network,
    volume,
    query,
    filtered,
  };
}

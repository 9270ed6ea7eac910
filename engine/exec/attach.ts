import { Demuxer } from '../api/demux.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { ExecOutput, ExecSession } from './exec.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { TerminalSize } from '../api/engine-objects.ts';

/**
 * Joins a running container's own streams, as `ExecSession` does those of a command: `tty` says whether it has a terminal. Its exit code comes once
 * it has ended; `close` leaves it running. Rejects with `EngineError`.
 */
export async function attach(
  engine: EnginePort,
  containerId: string,
  options: { readonly stdin: boolean; readonly size?: TerminalSize; readonly detachKeys?: string },
  signal: AbortSignal,
): Promise<ExecSession & { readonly tty: boolean }> {
  const { tty } = await engine.inspectContainer(containerId, signal);
  const { stdin, detachKeys } = options;
  const keys = detachKeys === undefined ? {} : { detachKeys };
  const duplex = await engine.attachContainer(containerId, { stdin, ...keys }, signal);
  const resize = async (size: TerminalSize) => {
    if (tty) await engine.resizeContainer(containerId, size, signal).catch(() => {});
  };
  if (options.size !== undefined) await resize(options.size);
  let settle: { resolve: (code: number) => void; reject: (error: unknown) => void } | undefined;
  const exitCode = new Promise<number>((resolve, reject) => {
    settle = { resolve, reject };
  });
  exitCode.catch(() => {});
  const output = async function* (): AsyncGenerator<ExecOutput> {
    const demuxer = new Demuxer();
    try {
      for await (const chunk of duplex.output) {
        if (tty) yield { stream: 'stdout', data: chunk };
        else
          for (const { stream, data } of demuxer.push(chunk))
            yield { stream: stream === 'stderr' || stream === 'system' ? 'stderr' : 'stdout', data };
      }
      settle?.resolve(await exitCodeOf(engine, containerId, signal));
    } catch (error) {
      settle?.reject(error);
      throw error;
    } finally {
      settle?.reject(new EngineError('cancelled', say`The output was not read to the end.`));
      duplex.close();
    }
  };
  return {
    tty,
    output: output(),
    write: duplex.write,
    drained: duplex.drained,
    end: duplex.end,
    resize,
    exitCode,
    close: duplex.close,
  };
}

/** The stream also ends when the user has detached: then the container runs on, and there is nothing to report. */
async function exitCodeOf(engine: EnginePort, id: string, signal: AbortSignal): Promise<number> {
  const { state } = await engine.inspectContainer(id, signal);
  if (state === 'running' || state === 'paused') {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(1000)]);
    return engine.waitContainer(id, soon).then(
      ({ exitCode }) => exitCode,
      () => 0,
    );
  }
  return (await engine.waitContainer(id, signal)).exitCode;
}

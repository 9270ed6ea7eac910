import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { exec } from '../exec/exec.ts';
import { awaitListening, findRelay, which } from './ask.ts';
import { refuseEmulated } from './emulation.ts';
import type { Debuggee } from './debuggee.ts';
import type { OpenDebugger } from './opened.ts';
import { refusePtrace } from './refuse-ptrace.ts';

/**
 * Starts Delve beside the program: its client then has it attach to the process. It ends with the session. Rejects (`unsupported`) with what is missing.
 */
export async function openGo(
  engine: EnginePort,
  container: ContainerDetails,
  debuggee: Debuggee,
  signal: AbortSignal,
): Promise<OpenDebugger> {
  if (debuggee.headless !== undefined) {
    const relay = await findRelay(engine, container.id, signal);
    if (relay === undefined) throw noRelay(container);
    await awaitListening(engine, container.id, debuggee.headless, signal);
    return { debuggee, at: { port: debuggee.headless, relay } };
  }
  await refuseEmulated(engine, container, signal);
  const [delve] = await which(engine, container.id, ['dlv'], signal);
  if (delve === undefined)
    throw new EngineError(
      'unsupported',
      say`Delve is not in the image of ${container.name}. Add these lines to its Dockerfile, build it and attach again: ${'RUN go install github.com/go-delve/delve/cmd/dlv@latest'} and, in the last stage, ${'COPY --from=build /go/bin/dlv /usr/local/bin/dlv'}. Build the program with ${'-gcflags="all=-N -l"'}.`,
      { subject: container.name },
    );
  await refusePtrace(engine, container, debuggee.process.pid, signal);
  const relay = await findRelay(engine, container.id, signal);
  if (relay === undefined) throw noRelay(container);
  const life = new AbortController();
  const session = await exec(
    engine,
    container.id,
    { command: [delve, 'dap', '--listen=127.0.0.1:0'], tty: false },
    life.signal,
  );
  const { port, said } = await portOf(session.output, signal);
  if (port !== undefined) return { debuggee, at: { port, relay }, close: () => life.abort() };
  life.abort();
  throw new EngineError('unsupported', say`Delve does not start in ${container.name}: ${said}`, {
    subject: container.name,
  });
}

/** Nothing in the container can carry bytes to the debugger's port. */
export function noRelay({ name }: ContainerDetails): EngineError {
  return new EngineError(
    'unsupported',
    say`The debugger in ${name} cannot be reached: its image holds nothing that could relay to it (socat, nc, python3, node, perl, ruby, bash). Add one of them to the image, or use another image while you debug.`,
    { subject: name },
  );
}

/** What Delve says when it is ready. Its output goes on being read, so that it never waits for a reader. */
async function portOf(
  output: AsyncIterable<{ readonly data: Uint8Array }>,
  signal: AbortSignal,
): Promise<{ readonly port: number | undefined; readonly said: string }> {
  let said = '';
  return new Promise((resolve, reject) => {
    const read = async () => {
      for await (const { data } of output) {
        said = `${said}${Buffer.from(data).toString('utf8')}`.slice(-4000);
        const found = /listening at: \S*:(\d+)/.exec(said)?.[1];
        if (found !== undefined) resolve({ port: Number(found), said });
      }
      resolve({ port: undefined, said: said.trim() });
    };
    read().catch(() => resolve({ port: undefined, said: said.trim() }));
    signal.addEventListener('abort', () => reject(new EngineError('cancelled', say`Canceled.`)), {
      once: true,
    });
  });
}

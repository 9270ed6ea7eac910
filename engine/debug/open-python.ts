import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { ask, which } from './ask.ts';
import { refuseEmulated } from './emulation.ts';
import type { Debuggee } from './debuggee.ts';
import type { OpenDebugger } from './opened.ts';
import { lacksPtrace, refusePtrace } from './refuse-ptrace.ts';
import { awaitPortCommand } from './scripts.ts';

/** What debugpy listens on unless it was told otherwise. */
export const debugpyPort = 5678;

/**
 * Takes the debugpy that the process was started under, else has the image's debugpy come into the running process. Python itself relays. Rejects
 * (`unsupported`) with what is missing.
 */
export async function openPython(
  engine: EnginePort,
  container: ContainerDetails,
  debuggee: Debuggee,
  signal: AbortSignal,
): Promise<OpenDebugger> {
  const { program, process } = debuggee;
  const opened = (port: number): OpenDebugger => ({
    debuggee,
    at: { port, relay: { tool: 'python', program } },
  });
  const waits = async (port: number, seconds: number) =>
    (await ask(engine, container.id, awaitPortCommand(program, port, seconds), signal)).exitCode === 0;

  const started = listeningPort(process.args);
  // A program can also have called debugpy itself.
  if (started !== undefined) await waits(started, 10);
  if (started !== undefined || (await waits(debugpyPort, 0))) return opened(started ?? debugpyPort);

  const { exitCode } = await ask(engine, container.id, [program, '-c', 'import debugpy'], signal);
  if (exitCode !== 0)
    throw new EngineError(
      'unsupported',
      say`debugpy is not in the image of ${container.name}. Add this line to its Dockerfile, build it and attach again: ${'RUN pip install debugpy'}`,
      { subject: container.name },
    );
  await refuseEmulated(engine, container, signal);
  const tools = await which(engine, container.id, ['gdb'], signal);
  if (tools.length > 0) await refusePtrace(engine, container, process.pid, signal);
  const inject = [
    ...[program, '-m', 'debugpy', '--listen', `127.0.0.1:${debugpyPort}`],
    ...['--pid', String(process.pid)],
  ];
  const { stdout, stderr } = await ask(engine, container.id, inject, signal);
  if (await waits(debugpyPort, 5)) return opened(debugpyPort);
  const said = `${stdout}\n${stderr}`;
  if (/Operation not permitted|ptrace/i.test(said) && tools.length > 0) throw lacksPtrace(container);
  throw new EngineError(
    'unsupported',
    say`debugpy cannot come into the running process of ${container.name}: that takes gdb in the image. Restart it under the debugger, which takes debugpy alone.`,
    { subject: container.name },
  );
}

/** The port of `python -m debugpy --listen 5678 …`. */
export function listeningPort(args: readonly string[]): number | undefined {
  if (!args.some((arg) => /(?:^|\/)debugpy$/.test(arg))) return undefined;
  const at = args.indexOf('--listen');
  const port = Number((args[at + 1] ?? '').replace(/^.*:/, ''));
  return at >= 0 && Number.isInteger(port) && port > 0 ? port : undefined;
}

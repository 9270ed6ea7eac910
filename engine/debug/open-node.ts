import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { ask, findRelay } from './ask.ts';
import type { Debuggee } from './debuggee.ts';
import type { OpenDebugger } from './opened.ts';
import { openInspectorCommand } from './scripts.ts';

/**
 * Opens the inspector in a running Node process, as `SIGUSR1` asks it to, on the container's own loopback; one that is open already is taken. Nothing
 * else has to be in the image: where nothing lighter is, Node itself relays to it.
 */
export async function openNode(
  engine: EnginePort,
  container: ContainerDetails,
  debuggee: Debuggee,
  signal: AbortSignal,
): Promise<OpenDebugger> {
  const { program, process } = debuggee;
  const { stdout, stderr } = await ask(
    engine,
    container.id,
    openInspectorCommand(program, process.pid),
    signal,
  );
  const answer = readAnswer(stdout);
  if (answer.port !== undefined) {
    const relay = await findRelay(engine, container.id, signal, { tool: 'node', program });
    return { debuggee, at: { port: answer.port, relay } };
  }
  const said = answer.error ?? stderr.trim();
  throw new EngineError(
    'unsupported',
    said === 'EPERM'
      ? say`The inspector of ${container.name} cannot be opened: its process belongs to another user than the one the container runs commands as. Set "user" of the service to the user that the program runs as.`
      : said === 'TIMEOUT'
        ? say`The inspector of ${container.name} does not open: its process does not answer SIGUSR1. It may have been started with --disable-sigusr1, or be busy. Restart it under the debugger.`
        : say`The inspector of ${container.name} cannot be opened: ${said}`,
    { subject: container.name },
  );
}

function readAnswer(text: string): { readonly port?: number; readonly error?: string } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

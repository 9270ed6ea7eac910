import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { execOutput } from '../exec/exec.ts';
import { bestRelay, plainEnvironment, type Relay, relayPrograms } from './relay.ts';
import { awaitPortByShellCommand, whichCommand } from './scripts.ts';

/** What a command wrote; exit code 127, as a shell has it, when its program is not in the container. */
export async function ask(
  engine: EnginePort,
  containerId: string,
  command: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  try {
    return await execOutput(engine, containerId, { command, env: plainEnvironment }, signal);
  } catch (error) {
    // Engines differ in whether a missing program is an error of the call or of the command.
    if (error instanceof EngineError && (error.kind === 'invalid' || error.kind === 'engine'))
      return { exitCode: 127, stdout: '', stderr: error.message };
    throw error;
  }
}

/** The paths of those of the programs that are there; none without a shell. */
export async function which(
  engine: EnginePort,
  containerId: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { stdout } = await ask(engine, containerId, whichCommand(names), signal);
  return stdout.split('\n').filter((line) => line !== '');
}

/** A program that was started with its debugger may not listen yet: waits for that a while, as far as the container has what it takes to see it. */
export async function awaitListening(
  engine: EnginePort,
  containerId: string,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  await ask(engine, containerId, awaitPortByShellCommand(port), signal);
}

/** What can relay in this container; `undefined` when nothing can. `own`: what is there in any case. */
export function findRelay(
  engine: EnginePort,
  containerId: string,
  signal: AbortSignal,
  own: Relay,
): Promise<Relay>;
export function findRelay(
  engine: EnginePort,
  containerId: string,
  signal: AbortSignal,
): Promise<Relay | undefined>;
export async function findRelay(
  engine: EnginePort,
  containerId: string,
  signal: AbortSignal,
  own?: Relay,
): Promise<Relay | undefined> {
  const names = relayPrograms.map(([name]) => name);
  return bestRelay(await which(engine, containerId, names, signal), own) ?? own;
}

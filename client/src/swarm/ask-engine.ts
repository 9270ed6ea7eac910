import type { EnginePort } from '#engine/api/engine-port.ts';
import { showFailure } from '../stack/failure-message.ts';
import type { LogTerminalsContext } from '../terminal/log-terminals.ts';
import type { EnginesContext, LogContext, StacksContext } from '../workspace/contexts.ts';

export type AskEngineContext = EnginesContext & LogContext & LogTerminalsContext & StacksContext;

/** In ms. */
const patience = 10_000;

/** Asks the chosen engine something small, before anything is done. What goes wrong is said under that title; the answer is `undefined` then. */
export async function askEngine<T>(
  workbench: AskEngineContext,
  title: string,
  again: () => unknown,
  ask: (engine: EnginePort, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const signal = AbortSignal.timeout(patience);
  try {
    return await ask(await workbench.engine.engine(signal), signal);
  } catch (error) {
    await showFailure(workbench, { title, project: '', again }, error);
    return undefined;
  }
}

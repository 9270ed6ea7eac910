import type { EnginePort } from '#engine/api/engine-port.ts';
import { type Awaited, waitForService } from '#engine/swarm/converge.ts';
import type { CommandContext } from '../frame/command.ts';
import type { OptionSpec } from '../frame/options.ts';

export const detachOption: OptionSpec = {
  name: 'detach',
  short: 'd',
  type: 'flag',
  description: 'Do not wait for the tasks',
};

/** Unless detached, waits for the services one after the other, and writes each step of their tasks. */
export async function converge(
  { options, global, errors, signal }: CommandContext,
  engine: EnginePort,
  ids: readonly string[],
  awaited: Awaited = {},
): Promise<void> {
  if (options.flag('detach') || global.dryRun) return;
  const quiet = options.declares('quiet') && options.flag('quiet');
  for (const id of ids)
    await waitForService(
      engine,
      id,
      ({ task, state, error }) => {
        if (!quiet) errors.write(` Task ${task} ${state}${error === '' ? '' : `: ${error}`}\n`);
      },
      signal,
      awaited,
    );
}

import { later } from '../shared/command-handler.ts';
import { chooseContextCommand } from './context-command.ts';
import { EnginesCommands } from './engines-command-ids.ts';

export const enginesHandlers = {
  [EnginesCommands.retryConnection]: later(async () => (await import('./engine-commands.ts')).retryCommand),
  [EnginesCommands.chooseContext]: chooseContextCommand,
  [EnginesCommands.addEngine]: later(async () => (await import('./engine-commands.ts')).addEngineCommand),
  [EnginesCommands.removeEngine]: async (_: object, args: readonly unknown[]) =>
    (await import('./engine-commands.ts')).removeEngineCommand(args),
  [EnginesCommands.upOn]: later(async () => (await import('./engine-commands.ts')).upOnCommand),
};

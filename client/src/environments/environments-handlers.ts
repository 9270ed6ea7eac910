import { later } from '../shared/command-handler.ts';
import { EnvironmentsCommands } from './environments-command-ids.ts';

export const environmentsHandlers = {
  [EnvironmentsCommands.chooseEnvironment]: later(
    async () => (await import('./choose.ts')).chooseEnvironmentCommand,
  ),
};

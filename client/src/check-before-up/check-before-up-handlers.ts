import { later } from '../shared/command-handler.ts';
import { CheckBeforeUpCommands } from './check-before-up-command-ids.ts';

export const checkBeforeUpHandlers = {
  [CheckBeforeUpCommands.checkBeforeUp]: later(
    async () => (await import('./check-command.ts')).checkBeforeUpCommand,
  ),
  [CheckBeforeUpCommands.checkDockerfile]: later(
    async () => (await import('./check-dockerfile-command.ts')).checkDockerfileCommand,
  ),
};

import { later } from '../shared/command-handler.ts';
import { DeployCommands } from './deploy-command-ids.ts';

export const deployHandlers = {
  [DeployCommands.deploy]: later(async () => (await import('./deploy-command.ts')).deployCommand),
};

import { later } from '../shared/command-handler.ts';
import { ScaffoldCommands } from './scaffold-command-ids.ts';

export const scaffoldHandlers = {
  [ScaffoldCommands.newProject]: later(
    async () => (await import('./scaffold-commands.ts')).newProjectCommand,
  ),
  [ScaffoldCommands.addService]: later(
    async () => (await import('./scaffold-commands.ts')).addServiceCommand,
  ),
  [ScaffoldCommands.addEnvironment]: later(
    async () => (await import('./scaffold-commands.ts')).addEnvironmentCommand,
  ),
};

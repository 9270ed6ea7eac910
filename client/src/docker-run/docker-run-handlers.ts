import { later } from '../shared/command-handler.ts';
import { DockerRunCommands } from './docker-run-command-ids.ts';

export const dockerRunHandlers = {
  [DockerRunCommands.convertDockerRun]: later(
    async () => (await import('./convert-command.ts')).convertDockerRunCommand,
  ),
};

import type { Command } from '../frame/command.ts';
import { McpServer } from './mcp-server.ts';

/** Not a command of Docker Compose: a server of the Model Context Protocol on standard input and output, for the project here. */
export const mcp: Command = {
  name: 'mcp',
  usage: '[OPTIONS]',
  summary: 'Serve the project to agents (Model Context Protocol on standard input and output)',
  arguments: { most: 0 },
  options: [
    {
      name: 'allow-changes',
      type: 'flag',
      description:
        'Also up, down, restart, scale, fixes, and commands in containers; what destroys data is asked for',
    },
    {
      name: 'no-tools',
      type: 'flag',
      description: 'Resources and prompts only, where the tools come another way',
    },
  ],
  async run(context) {
    const server = new McpServer(context, {
      allowChanges: context.options.flag('allow-changes'),
      withTools: !context.options.flag('no-tools'),
    });
    await server.serve();
    return 0;
  },
};

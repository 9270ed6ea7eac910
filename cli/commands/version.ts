import { version as productVersion } from '../../package.json';
import type { Command } from '../frame/command.ts';

export const version: Command = {
  name: 'version',
  usage: '[OPTIONS]',
  arguments: { most: 0 },
  summary: 'Show the version information',
  options: [
    {
      name: 'format',
      short: 'f',
      type: 'text',
      default: 'pretty',
      description: 'Format the output. Values: [pretty | json]',
    },
    { name: 'short', type: 'flag', description: 'Shows only the version number' },
  ],

  async run({ options, output }) {
    const format = options.text('format') ?? 'pretty';
    if (options.flag('short')) output.write(`${productVersion}\n`);
    else if (format === 'json') output.write(`${JSON.stringify({ version: productVersion })}\n`);
    else output.write(`Composure version ${productVersion}\n`);
    return 0;
  },
};

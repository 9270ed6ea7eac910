import { printYaml } from '#compose/model/print-yaml.ts';
import { recordOf } from '#compose/values/record.ts';
import { generate } from '#engine/generate/generate.ts';
import type { Subcommand } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';

/** `docker compose alpha generate`: a Compose file of containers that are there, with what differs from their images. */
export const generateFile: Subcommand = {
  usage: '[OPTIONS] [CONTAINERS...]',
  summary: 'EXPERIMENTAL - Generate a Compose file from existing containers',
  arguments: { least: 0 },
  options: [
    {
      name: 'format',
      type: 'text',
      default: 'yaml',
      description: 'Format the output. Values: [yaml | json]',
    },
    { name: 'name', type: 'text', description: 'Project name to set in the Compose file' },
    { name: 'project-dir', type: 'text', description: 'Directory to use for the project' },
  ],
  async run(context) {
    const { options, output, errors, signal } = context;
    errors.write('generate command is EXPERIMENTAL\n');
    if (context.arguments.length === 0) throw new CommandError('at least one container must be specified');
    const projectName = options.text('name') ?? '';
    const file = await generate(
      await context.engine(),
      context.arguments,
      projectName === '' ? {} : { projectName },
      signal,
    );
    const format = options.text('format');
    if (format === 'json') output.write(`${JSON.stringify(file, mapsAsObjects, 2)}\n`);
    else if (format === 'yaml') output.write(printYaml(file));
    else throw new CommandError(`unsupported format ${JSON.stringify(format)}`);
    return 0;
  },
};

function mapsAsObjects(_key: string, value: unknown): unknown {
  return value instanceof Map ? recordOf(value) : value;
}

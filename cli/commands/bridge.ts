import type { Subcommand } from '../frame/command.ts';
import { commandGroup } from '../frame/command-group.ts';
import { CommandError } from '../frame/command-error.ts';
import { parseOptions } from '../frame/options.ts';
import { convert } from './convert.ts';

/** Docker's own images for it, and what `convert` is asked for in their place. */
const transformations: Readonly<Record<string, readonly string[]>> = {
  'docker/compose-bridge-kubernetes': [],
  'docker/compose-bridge-helm': ['--chart'],
};

const noImages = 'no images are run for it; convert writes what Kubernetes takes by itself';

const convertBridge: Subcommand = {
  usage: '[OPTIONS]',
  summary: 'Convert compose files to Kubernetes manifests, Helm charts, or another model',
  arguments: { least: 0 },
  options: [
    {
      name: 'output',
      short: 'o',
      type: 'text',
      default: 'out',
      description: 'The output directory for the Kubernetes resources',
    },
    {
      name: 'templates',
      type: 'text',
      description: 'Directory containing transformation templates',
      refused: `templates are read by images that transform, and ${noImages}`,
    },
    {
      name: 'transformation',
      short: 't',
      type: 'list',
      description: `Transformation to apply to compose model. Values: [${Object.keys(transformations).join(' | ')}]`,
    },
  ],
  async run(context) {
    const { options } = context;
    const { values } = parseOptions(
      [
        ...['--output', options.text('output') ?? '', '--prune'],
        ...convertOptions(options.list('transformation')),
      ],
      convert.options,
      { interspersed: true },
    );
    return convert.run({ ...context, options: values, arguments: [] });
  },
};

/** What `convert` is asked for. Refuses what only an image could do, by name. */
export function convertOptions(images: readonly string[]): readonly string[] {
  if (images.length > 1)
    throw new CommandError(
      '-t, --transformation is supported once: the second would read what the first writes',
    );
  return images.flatMap((image) => {
    const name = image.replace(/^docker\.io\//, '').replace(/[:@].*$/, '');
    const known = Object.hasOwn(transformations, name) ? transformations[name] : undefined;
    if (known === undefined)
      throw new CommandError(`-t, --transformation ${image} is not supported: ${noImages}`);
    return known;
  });
}

const transformationsCommand: Subcommand = {
  usage: 'CMD [OPTIONS]',
  summary: 'Not supported: transformation images are not run',
  arguments: { least: 0 },
  options: [],
  async run() {
    throw new CommandError(`bridge transformations is not supported: ${noImages}`);
  },
};

/** `docker compose bridge`: what `convert` does, with the options of Docker Compose. */
export const bridge = commandGroup('bridge', 'Convert compose files into another model', {
  convert: convertBridge,
  transformations: transformationsCommand,
});

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { readFiles } from '#compose/convert/kubernetes/files.ts';
import { manifestFile, manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { remarksText } from '#compose/convert/kubernetes/report.ts';
import { nodeHost } from '../node-host.ts';
import { type Command, type CommandContext, CommandError } from './command.ts';

const controllers = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
} as const;

export const convert: Command = {
  name: 'convert',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Convert the project to manifests of Kubernetes',
  options: [
    {
      name: 'controller',
      type: 'text',
      description:
        'What runs a service that says nothing else. Values: [deployment | statefulset | daemonset]',
    },
    {
      name: 'output',
      short: 'o',
      type: 'text',
      value: 'DIR',
      description: 'Write one file for each object there',
    },
    { name: 'stdout', type: 'flag', description: 'Print all objects as one stream of YAML' },
  ],

  async run(context) {
    const { options, output, errors, cwd } = context;
    const directory = options.text('output') ?? '';
    if ((directory === '') !== options.flag('stdout')) {
      throw new CommandError('say where to: --output DIR or --stdout');
    }
    const loaded = await context.project({ services: context.arguments });
    const disk = nodeHost(context.environment, context.home).files;
    const { manifests, remarks } = convertToKubernetes(
      loaded.project,
      { files: await readFiles(loaded.project, disk), environment: loaded.environment },
      controllerOf(context),
    );
    const files = new Map(manifests.map((manifest) => [manifestFile(manifest), manifestYaml(manifest)]));
    if (options.flag('stdout')) output.write([...files.values()].join('---\n'));
    else {
      for (const [name, text] of files) await write(resolve(cwd, directory, name), text, context);
    }
    if (remarks.length > 0) errors.write(`Not as in the compose file:\n${remarksText(remarks)}`);
    return 0;
  },
};

function controllerOf({ options }: CommandContext): {
  readonly controller?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
} {
  const name = options.text('controller');
  if (name === undefined) return {};
  if (name in controllers) return { controller: controllers[name as keyof typeof controllers] };
  throw new CommandError(`unknown controller ${JSON.stringify(name)}: deployment, statefulset or daemonset`);
}

async function write(path: string, text: string, { output, global }: CommandContext): Promise<void> {
  output.write(`${global.dryRun ? 'Would write' : 'Wrote'} ${path}\n`);
  if (global.dryRun) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, /secret\.yaml$/.test(path) ? { mode: 0o600 } : undefined);
}

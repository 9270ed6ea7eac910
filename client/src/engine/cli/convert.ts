import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Converted, convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { readFiles } from '#compose/convert/kubernetes/files.ts';
import { kustomizeFiles, type Overlay } from '#compose/convert/kubernetes/kustomize.ts';
import { manifestFile, manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { remarksText } from '#compose/convert/kubernetes/report.ts';
import type { Remark } from '#compose/convert/kubernetes/scope.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { nodeHost } from '../node-host.ts';
import { type Command, type CommandContext, CommandError } from './command.ts';
import { loadProject } from './project.ts';

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
      name: 'kustomize',
      type: 'flag',
      description: 'Write a Kustomize base, and below overlays what is different in each environment',
    },
    {
      name: 'overlay',
      type: 'list',
      value: 'NAME=FILE[,FILE...]',
      description: 'With --kustomize: an environment, and the compose files that it adds',
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
    const isKustomize = options.flag('kustomize');
    if (isKustomize && directory === '')
      throw new CommandError('--kustomize writes to a directory: --output DIR');
    if (!isKustomize && options.list('overlay').length > 0)
      throw new CommandError('--overlay goes with --kustomize');
    const loaded = await context.project({ services: context.arguments });
    const { manifests, remarks } = await converted(context, loaded);
    const overlays = await overlaysOf(context, loaded);
    if (options.flag('stdout')) output.write(manifests.map(manifestYaml).join('---\n'));
    else {
      const files = isKustomize
        ? kustomizeFiles(manifests, overlays)
        : new Map(manifests.map((manifest) => [manifestFile(manifest), manifestYaml(manifest)]));
      for (const [name, text] of files) await write(resolve(cwd, directory, name), text, context);
    }
    const said = distinct([...remarks, ...overlays.flatMap((overlay) => overlay.remarks)]);
    if (said.length > 0) errors.write(`Not as in the compose file:\n${remarksText(said)}`);
    return 0;
  },
};

async function converted(
  context: CommandContext,
  { project, environment }: LoadedProject,
): Promise<Converted> {
  const files = await readFiles(project, nodeHost(context.environment, context.home).files);
  return convertToKubernetes(project, { files, environment }, controllerOf(context));
}

/** Each with the files of the project and those of its own over them, as `docker compose -f … -f …` has it. */
async function overlaysOf(
  context: CommandContext,
  base: LoadedProject,
): Promise<readonly (Overlay & Converted)[]> {
  const overlays: (Overlay & Converted)[] = [];
  for (const text of context.options.list('overlay')) {
    const [, name, files] = /^([\w.-]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || files === undefined || /^\.+$/.test(name)) {
      throw new CommandError(`invalid overlay ${JSON.stringify(text)}: NAME=FILE[,FILE...]`);
    }
    const global = {
      ...context.global,
      files: [...base.files, ...files.split(',').map((file) => resolve(context.cwd, file))],
      projectName: base.project.name,
      projectDirectory: base.workingDirectory,
    };
    const loaded = await loadProject({ ...context, global }, process.platform, {
      services: context.arguments,
    });
    overlays.push({ name, ...(await converted(context, loaded)) });
  }
  return overlays;
}

function distinct(remarks: readonly Remark[]): readonly Remark[] {
  return [...new Map(remarks.map((remark) => [remarksText([remark]), remark])).values()];
}

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

import { resolve } from 'node:path';
import { chartFiles } from '#compose/convert/kubernetes/chart.ts';
import { manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { remarksText, successionText } from '#compose/convert/kubernetes/report.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { differences, type FileChange } from '#engine/kubernetes/file-changes.ts';
import { convertProject, type OverlayProject } from '#engine/kubernetes/conversion.ts';
import { againstLast } from '#engine/kubernetes/last-manifests.ts';
import { unifiedDiff } from '#engine/kubernetes/line-diff.ts';
import { withMaskedSecrets } from '#engine/kubernetes/masked-secrets.ts';
import { compareWithFolder, type Pending, writeConversion } from '#engine/kubernetes/output-folder.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { loadProject } from '../frame/load-project.ts';
import { standardWaitImage } from '#compose/convert/kubernetes/wait.ts';

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
      name: 'chart',
      type: 'flag',
      description:
        'Write a Helm chart, with values for images, replicas, resources, variables and what an Ingress takes',
    },
    {
      name: 'output',
      short: 'o',
      type: 'text',
      value: 'DIR',
      description: 'Write one file for each object there',
    },
    {
      name: 'wait-image',
      type: 'text',
      value: 'IMAGE',
      description: `What waits in a pod until its dependencies are healthy: ${standardWaitImage}, or another image with BusyBox. none: nothing waits`,
    },
    {
      name: 'hash-names',
      type: 'flag',
      description:
        'Put a hash of their content behind the names of ConfigMaps and Secrets, so that pods roll when it changes',
    },
    { name: 'stdout', type: 'flag', description: 'Print all objects as one stream of YAML' },
    {
      name: 'diff',
      type: 'flag',
      description:
        'Print what would change in DIR, and write nothing; the exit status is 1 if something would',
    },
    {
      name: 'prune',
      type: 'flag',
      description: 'Remove files of an earlier conversion that are no longer made',
    },
    { name: 'force', type: 'flag', description: 'Also overwrite and remove files that were edited since' },
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
    const isChart = options.flag('chart');
    if (isChart && (isKustomize || directory === ''))
      throw new CommandError(
        '--chart writes to a directory (--output DIR), and does not go with --kustomize',
      );
    const isDiff = options.flag('diff');
    if (isDiff && directory === '') throw new CommandError('--diff compares with a directory: --output DIR');
    const loaded = await context.project({ services: context.arguments });
    const conversion = await convertProject(
      loaded,
      isKustomize ? await overlaysOf(context, loaded) : undefined,
      nodeHost(context.environment, context.home).files,
      { ...controllerOf(context), ...waitOf(context), hashNames: options.flag('hash-names') },
    );
    let status = 0;
    if (options.flag('stdout')) output.write(conversion.manifests.map(manifestYaml).join('---\n'));
    else {
      const pending = await compareWithFolder(
        resolve(cwd, directory),
        isChart ? chartFiles(loaded.project.name, conversion.manifests) : conversion.files,
      );
      if (isDiff) status = printDiff(pending, context);
      else await write(pending, context);
      const again = successionText(againstLast(pending.changes));
      if (again !== '') errors.write(`In a cluster that has the last conversion:\n${again}`);
    }
    const said = remarksText(conversion.remarks);
    if (said !== '') errors.write(`Differences from the Compose file:\n${said}`);
    return status;
  },
};

/** 1 if there is a difference, as `diff` has it. */
function printDiff({ changes }: Pending, { output }: CommandContext): number {
  const changed = differences(changes);
  for (const { path, before, after } of changed.map(withMaskedSecrets))
    output.write(unifiedDiff(path, before, after));
  return changed.length === 0 ? 0 : 1;
}

async function write(pending: Pending, context: CommandContext): Promise<void> {
  const { output, errors, options, global } = context;
  const changed = differences(pending.changes);
  const kept = new Map(
    changed.flatMap((change): (readonly [string, string])[] => {
      const reason = whyKept(change, options.flag('prune'), options.flag('force'));
      return reason === undefined ? [] : [[change.path, reason]];
    }),
  );
  for (const { path, after } of changed) {
    const file = resolve(pending.directory, path);
    const reason = kept.get(path);
    if (reason !== undefined) errors.write(`Kept ${file}: ${reason}\n`);
    else if (after === undefined) output.write(`${global.dryRun ? 'Would remove' : 'Removed'} ${file}\n`);
    else output.write(`${global.dryRun ? 'Would write' : 'Wrote'} ${file}\n`);
  }
  if (changed.length === 0) output.write('Nothing has changed since the last conversion.\n');
  if (!global.dryRun) await writeConversion(pending, new Set(kept.keys()));
}

function whyKept({ after, edited }: FileChange, prune: boolean, force: boolean): string | undefined {
  if (after === undefined && !prune) return 'it is of an earlier conversion (--prune removes it).';
  if (!edited || force) return undefined;
  return after === undefined
    ? 'it was edited since it was written (--force removes it).'
    : 'it was edited since it was written (--force overwrites it).';
}

/** Each with the files of the project and those of its own over them, as `docker compose -f … -f …` has it. */
async function overlaysOf(context: CommandContext, base: LoadedProject): Promise<readonly OverlayProject[]> {
  const overlays: OverlayProject[] = [];
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
    overlays.push({ name, loaded });
  }
  return overlays;
}

function controllerOf({ options }: CommandContext): {
  readonly controller?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
} {
  const name = options.text('controller');
  if (name === undefined) return {};
  if (name in controllers) return { controller: controllers[name as keyof typeof controllers] };
  throw new CommandError(`unknown controller ${JSON.stringify(name)}: deployment, statefulset or daemonset`);
}

function waitOf({ options }: CommandContext): { readonly waitImage?: string } {
  const image = options.text('wait-image');
  return image === undefined ? {} : { waitImage: image === 'none' ? '' : image };
}

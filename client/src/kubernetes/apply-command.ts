import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { declaredOf } from '../environments/declared-of.ts';
import { KubernetesCommands } from './kubernetes-command-ids.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { SelectContext } from '../stack/selection.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { lastConversion } from './ask-conversion.ts';
import { clusterProblem } from './cluster-text.ts';
import { undoOf } from '#engine/kubernetes/undo-apply.ts';
import { afterApply, objectsOf } from './after-apply.ts';
import { applyArguments, type Cluster, findCluster, folderArguments, kubectlIn } from './kubectl.ts';
import { manifestFolders, type Manifests } from './manifest-folders.ts';
import type { RolloutsContext } from './rollouts.ts';

const { l10n } = vscode;

/**
 * Has the cluster that `kubectl` talks to check the manifests of the last conversion, and applies them when that went well and the user says so. Then it follows
 * what was applied until it runs. The one place where a program is run: there is no other way in that knows every cluster's login.
 */
export async function applyKubernetesCommand(
  workbench: SelectContext & ExtensionScope & RolloutsContext,
  args: readonly unknown[],
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const [id] = args;
  const declared = typeof id === 'string' ? undefined : await declaredOf(workbench, args);
  const project = typeof id === 'string' ? id : declared?.reference.id;
  if (project === undefined) return;
  const last = lastConversion(workbench, project);
  if (last === undefined || !(await isFolder(last.directory))) {
    await offerConversion(args);
    return;
  }
  const manifests = await askManifests(last.directory);
  if (manifests === undefined) return;
  const cluster = await askCluster(manifests.folder);
  if (cluster.kind !== 'ready') {
    const problem = clusterProblem(cluster, configuration.kubectl(), l10n.t);
    if (problem !== undefined) void vscode.window.showErrorMessage(maskSecrets(problem));
    return;
  }
  const { context } = cluster;
  const where = vscode.workspace.asRelativePath(manifests.folder);
  const checked = await runKubectl(l10n.t('kubectl: check {0}', where), manifests, { context, dryRun: true });
  if (checked !== 0) {
    if (checked !== undefined)
      void vscode.window.showErrorMessage(
        l10n.t('{0} rejected the manifests, and nothing was applied. See the terminal for details.', context),
      );
    return;
  }
  const apply = l10n.t('Apply');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Apply {0} to {1}?', where, context),
    { modal: true, detail: l10n.t('The cluster checked the manifests and accepts them.') },
    apply,
  );
  if (answer !== apply) return;
  const { folder, kustomize } = manifests;
  const kubectl = kubectlIn(configuration.kubectl(), folder, context);
  const what = folderArguments(folder, kustomize);
  const before = await objectsOf(kubectl, what);
  const applied = await runKubectl(l10n.t('kubectl: apply {0}', where), manifests, {
    context,
    dryRun: false,
  });
  const objects = await objectsOf(kubectl, what);
  const isWhole = applied === 0;
  await afterApply(workbench, {
    kubectl,
    id: project,
    context,
    folder,
    objects: isWhole ? (objects ?? []) : [],
    undo: before && objects && undoOf(before, objects),
    text: isWhole
      ? l10n.t('{0} is applied to {1}.', where, context)
      : l10n.t('Not everything was applied to {0}. See the terminal for details.', context),
    isPart: !isWhole,
  });
}

/** The one folder there is, or the one that is picked. */
async function askManifests(directory: string): Promise<Manifests | undefined> {
  const [own, below] = await Promise.all([entriesOf(directory), entriesOf(join(directory, 'overlays'))]);
  const items = manifestFolders({
    directory,
    hasBase: own.some((entry) => entry.isDirectory() && entry.name === 'base'),
    overlays: below.filter((entry) => entry.isDirectory()).map(({ name }) => name),
    hasFiles: own.some((entry) => entry.isFile() && entry.name.endsWith('.yaml')),
  });
  return items.length === 1
    ? items[0]
    : vscode.window.showQuickPick(items, { placeHolder: l10n.t('Select the environment to apply') });
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

async function askCluster(cwd: string): Promise<Cluster> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Looking for the cluster…'),
      cancellable: true,
    },
    async (_progress, token) => {
      const abort = new AbortController();
      const listening = token.onCancellationRequested(() => abort.abort());
      try {
        return await findCluster(configuration.kubectl(), cwd, abort.signal);
      } finally {
        listening.dispose();
      }
    },
  );
}

/**
 * In a terminal of its own, where it can be read and ended. The exit status; `undefined` when it was ended. The name tells the task from those for other
 * folders: its end may be told of before VS Code has handed over what it started.
 */
async function runKubectl(
  name: string,
  { folder, kustomize }: Manifests,
  options: { readonly context: string; readonly dryRun: boolean },
): Promise<number | undefined> {
  const words = applyArguments(folder, { kustomize, ...options });
  const task = new vscode.Task(
    { type: 'process' },
    vscode.TaskScope.Workspace,
    name,
    'Compose',
    new vscode.ProcessExecution(configuration.kubectl(), [...words]),
    [],
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  let started: vscode.TaskExecution | undefined;
  let ended: (status: number | undefined) => void = () => {};
  const status = new Promise<number | undefined>((resolve) => {
    ended = resolve;
  });
  const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
    if (execution === started || execution.task === task || execution.task.name === name) ended(exitCode);
  });
  try {
    started = await vscode.tasks.executeTask(task);
    return await status;
  } finally {
    listening.dispose();
  }
}

async function offerConversion(args: readonly unknown[]): Promise<void> {
  const convert = l10n.t('Convert');
  const answer = await vscode.window.showInformationMessage(
    l10n.t('This project has not been converted to Kubernetes yet.'),
    convert,
  );
  if (answer === convert) await vscode.commands.executeCommand(KubernetesCommands.convertKubernetes, ...args);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

import * as vscode from 'vscode';
import {
  followRollout,
  type Followed,
  type Kubectl,
  workloadsIn,
} from '#engine/kubernetes/follow-rollout.ts';
import { type LiveObject, objectsIn } from '#engine/kubernetes/live-object.ts';
import type { Undo } from '#engine/kubernetes/undo-apply.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { ConversionDocuments } from './conversion-documents.ts';
import { KubernetesCommands } from './kubernetes-command-ids.ts';
import { rolloutReport, rolloutStateText } from './rollout-text.ts';
import type { RolloutsContext } from './rollouts.ts';

const { l10n } = vscode;

/** Something that was applied to a cluster. */
export interface Done {
  readonly kubectl: Kubectl;
  /** The project's. */
  readonly id: string;
  readonly context: string;
  readonly folder: string;
  /** What the cluster has of it now. */
  readonly objects: readonly LiveObject[];
  readonly undo: Undo | undefined;
  /** What is said first; `isPart`: not all of it was applied. */
  readonly text: string;
  readonly isPart?: boolean;
}

/** What the cluster has of these manifests (`-f FOLDER`, `-k FOLDER`, or `-f -` with an input); `undefined`: it does not say. */
export async function objectsOf(
  kubectl: Kubectl,
  what: readonly string[],
  input?: string,
): Promise<readonly LiveObject[] | undefined> {
  const never = new AbortController().signal;
  const { ok, output } = await kubectl(['get', ...what, '--ignore-not-found', '--output=json'], never, input);
  return ok ? objectsIn(output) : undefined;
}

/** Follows what was applied, shows it in the row of the project, and says what came of it. */
export async function afterApply(workbench: ExtensionScope & RolloutsContext, done: Done): Promise<void> {
  const { id, context, folder, undo, text, isPart = false } = done;
  const applied = { context, folder, undo: isEmpty(undo) ? undefined : undo };
  const followed = await follow(done, (now) => workbench.rollouts.set(id, { ...applied, followed: now }));
  workbench.rollouts.set(id, { ...applied, followed });
  const isFailing = followed.some(({ state }) => state === 'failing');
  const show = l10n.t('Show Report');
  const take = l10n.t('Undo…');
  const actions = [
    ...(followed.some(({ state }) => state !== 'running') ? [show] : []),
    ...(applied.undo === undefined ? [] : [take]),
  ];
  const said = followed.length === 0 ? text : `${text} ${rolloutStateText(followed, l10n.t)}.`;
  const answer = isPart
    ? await vscode.window.showErrorMessage(said, ...actions)
    : isFailing
      ? await vscode.window.showWarningMessage(said, ...actions)
      : await vscode.window.showInformationMessage(said, ...actions);
  if (answer === show) await openReport(workbench, context, followed);
  if (answer === take) await vscode.commands.executeCommand(KubernetesCommands.undoKubernetes, id);
}

async function follow(
  { kubectl, objects, context }: Done,
  report: (followed: readonly Followed[]) => void,
): Promise<readonly Followed[]> {
  const workloads = workloadsIn(objects);
  if (workloads.length === 0) return [];
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Waiting until everything is running in {0}…', context),
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      const listening = token.onCancellationRequested(() => abort.abort());
      let shown = '';
      try {
        return await followRollout(
          kubectl,
          workloads,
          (followed) => {
            const message = rolloutStateText(followed, l10n.t);
            if (message === shown) return;
            shown = message;
            progress.report({ message });
            report(followed);
          },
          abort.signal,
        );
      } finally {
        listening.dispose();
      }
    },
  );
}

async function openReport(
  workbench: ExtensionScope,
  context: string,
  followed: readonly Followed[],
): Promise<void> {
  const title = l10n.t('Rollout in {0}', context);
  const text = rolloutReport(title, followed, l10n.t);
  const uri = workbench.once.of(ConversionDocuments, workbench).report(title, { text, links: [] });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

function isEmpty(undo: Undo | undefined): boolean {
  return undo === undefined || undo.restored.length + undo.added.length === 0;
}

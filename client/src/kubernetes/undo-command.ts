import * as vscode from 'vscode';
import type { Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { succession } from '#compose/convert/kubernetes/succession.ts';
import { catalogueFor } from '#compose/problem/catalogues.ts';
import type { KubectlAnswer } from '#engine/kubernetes/follow-rollout.ts';
import { type LiveObject, nameOf } from '#engine/kubernetes/live-object.ts';
import { changedSince, listOf, type Undo } from '#engine/kubernetes/undo-apply.ts';
import { declaredOf } from '../environments/declared-of.ts';
import * as configuration from '../shared/configuration.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { SelectContext } from '../stack/selection.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { afterApply, objectsOf } from './after-apply.ts';
import { kubectlIn } from './kubectl.ts';
import { againText } from './report-text.ts';
import type { Applied, RolloutsContext } from './rollouts.ts';

const { l10n } = vscode;

/** Gives a cluster back what it had before the last apply of the project: applies what was there, and deletes what is new if that is agreed to. */
export async function undoKubernetesCommand(
  workbench: SelectContext & ExtensionScope & RolloutsContext,
  args: readonly unknown[],
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const [given] = args;
  const id = typeof given === 'string' ? given : (await declaredOf(workbench, args))?.reference.id;
  if (id === undefined) return;
  const applied = workbench.rollouts.of(id);
  if (applied?.undo === undefined) {
    void vscode.window.showInformationMessage(
      l10n.t('Nothing to undo: nothing was changed in a cluster for this project.'),
    );
    return;
  }
  const { context, folder, undo } = applied;
  const kubectl = kubectlIn(configuration.kubectl(), folder, context);
  const now = undo.replaced.length === 0 ? [] : await objectsOf(kubectl, ['-f', '-'], listOf(undo.replaced));
  const answer = await ask(undo, context, now === undefined ? [] : changedSince(undo, now));
  if (answer === undefined) return;
  const never = new AbortController().signal;
  const answers = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Undoing the apply to {0}…', context) },
    async () => [
      ...(undo.restored.length === 0
        ? []
        : [await kubectl(['apply', '-f', '-'], never, listOf(undo.restored))]),
      ...(answer === 'delete' && undo.added.length > 0
        ? [
            await kubectl(
              ['delete', '--ignore-not-found', '--wait=false', '-f', '-'],
              never,
              listOf(undo.added),
            ),
          ]
        : []),
    ],
  );
  if (answers.some(({ ok }) => !ok)) {
    void vscode.window.showErrorMessage(notUndone(applied, answers));
    return;
  }
  const objects =
    undo.restored.length === 0 ? [] : await objectsOf(kubectl, ['-f', '-'], listOf(undo.restored));
  await afterApply(workbench, {
    kubectl,
    id,
    context,
    folder,
    objects: objects ?? [],
    undo: undefined,
    text: l10n.t('The last apply to {0} is undone.', context),
  });
}

async function ask(
  { restored, added, replaced }: Undo,
  context: string,
  changed: readonly LiveObject[],
): Promise<'keep' | 'delete' | undefined> {
  const undo = l10n.t('Undo');
  const remove = l10n.t('Undo and Delete New Objects');
  const refused = succession(replaced as readonly Manifest[], restored as readonly Manifest[]);
  const detail = [
    restored.length === 0 ? '' : l10n.t('Applied as before: {0}.', named(restored)),
    added.length === 0 ? '' : l10n.t('New: {0}.', named(added)),
    changed.length === 0
      ? ''
      : l10n.t('Changed since the apply, which this also undoes: {0}.', named(changed)),
    added.some(({ kind }) => kind === 'PersistentVolumeClaim')
      ? l10n.t('Deleting a volume claim deletes its data.')
      : '',
    againText(refused, catalogueFor(vscode.env.language), l10n.t),
  ];
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Undo the last apply to {0}?', context),
    { modal: true, detail: detail.filter((part) => part !== '').join('\n\n') },
    ...(restored.length === 0 ? [] : [undo]),
    ...(added.length === 0 ? [] : [remove]),
  );
  return answer === undo ? 'keep' : answer === remove ? 'delete' : undefined;
}

function named(objects: readonly LiveObject[]): string {
  return objects.map((object) => `${String(object.kind).toLowerCase()}/${nameOf(object)}`).join(', ');
}

function notUndone({ context }: Applied, answers: readonly KubectlAnswer[]): string {
  const reasons = answers.flatMap(({ ok, errors }) => (ok ? [] : [errors.trim()]));
  return maskSecrets(l10n.t('Not everything was undone in {0}: {1}', context, reasons.join(' ')));
}

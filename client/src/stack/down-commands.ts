import * as vscode from 'vscode';
import { leftAfterDown } from '#engine/operations/after-operation.ts';
import { type DownOptions, down } from '#engine/operations/down.ts';
import * as configuration from '../shared/configuration.ts';
import { messageText } from '../shared/translate.ts';
import type { ProjectFilesContext } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';
import { downText, leftOverText } from './after-operation-text.ts';
import { sayDone } from './done-message.ts';
import { intentOn } from './intent.ts';
import { targetOf } from './load-to-run.ts';
import { type OperateContext, operate } from './operation.ts';
import { type SelectContext, select } from './selection.ts';

const { l10n } = vscode;

/** Stops and removes a project's containers and networks; its volumes stay. */
export async function downCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  for (const { stack } of await select(workbench, args)) await takeDown(workbench, stack, {});
}

/** The same with its volumes, after asking. */
export async function downVolumesCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  for (const { stack } of await select(workbench, args))
    if (await confirmLoss(workbench, stack)) await takeDown(workbench, stack, { volumes: true });
}

/** Down, and the images of the services go too; after asking, since they may be long in coming back. */
export async function downImagesCommand(
  workbench: OperateContext & SelectContext,
  args: readonly unknown[],
): Promise<void> {
  for (const { stack } of await select(workbench, args))
    if (await confirmImages(stack)) await takeDown(workbench, stack, { rmi: 'all' });
}

async function takeDown(
  workbench: OperateContext & ProjectFilesContext,
  stack: Stack,
  more: Pick<DownOptions, 'volumes' | 'rmi' | 'removeOrphans'>,
): Promise<void> {
  const resource = stack.declared && vscode.Uri.file(stack.declared.reference.mainFile);
  const warnings: string[] = [];
  const left = await operate(workbench, {
    title:
      more.volumes === true
        ? l10n.t('Down with volumes: {0}', stack.name)
        : more.rmi === undefined
          ? l10n.t('Down: {0}', stack.name)
          : l10n.t('Down with images: {0}', stack.name),
    project: stack.name,
    engine: stack.engine,
    stops: true,
    intent: intentOn({ stack }, 'removing'),
    again: () => takeDown(workbench, stack, more),
    run: async (engine, report, signal) => {
      const target = await targetOf(workbench, stack, { allProfiles: true });
      await down(
        engine,
        target,
        {
          removeOrphans: configuration.removeOrphans(resource),
          ...workbench.files.programs,
          ...more,
          onWarning: (warning) => warnings.push(messageText(warning, l10n.t)),
          hookOutput: (container, line) => workbench.log.info(`${container}: ${line}`),
        },
        report,
        signal,
      );
      return leftAfterDown(engine, target, signal);
    },
  });
  for (const warning of warnings) workbench.log.warn(warning);
  if (left === undefined) return;
  const [first] = warnings;
  if (first !== undefined) void vscode.window.showWarningMessage(first);
  const text = leftOverText(stack.name, left, l10n.t);
  if (text === undefined) {
    sayDone({ project: stack.name, engine: stack.engine }, `$(check) ${downText(stack.name, left, l10n.t)}`);
    return;
  }
  workbench.log.warn(text);
  const remove = l10n.t('Remove Orphans');
  const actions = left.orphans.length + left.oneOffs.length > 0 ? [remove] : [];
  void vscode.window.showWarningMessage(text, ...actions).then(async (answer) => {
    if (answer === remove) await takeDown(workbench, stack, { ...more, removeOrphans: true });
  });
}

/** Also `true` once the person has had snapshots taken. */
async function confirmLoss(workbench: OperateContext, stack: Stack): Promise<boolean> {
  const { name, runtime } = stack;
  const names = (runtime?.volumes ?? []).map((volume) => volume.name);
  const remove = l10n.t('Remove Containers and Volumes');
  const save = l10n.t('Take Snapshots, Then Remove');
  const detail =
    names.length === 0
      ? l10n.t(
          'The project has no named volumes. The anonymous volumes of its containers will also be removed.',
        )
      : `${l10n.t('These volumes and all their data will be deleted:')}\n\n${names.map((each) => `• ${each}`).join('\n')}\n\n${l10n.t('The anonymous volumes of its containers will also be deleted. This cannot be undone.')}`;
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Take down {0} and delete its volumes?', name),
    { modal: true, detail },
    remove,
    ...(names.length > 0 ? [save] : []),
  );
  if (answer !== save) return answer === remove;
  const { takeSnapshots } = await import('../resources/snapshot-commands.ts');
  return takeSnapshots(workbench, stack);
}

async function confirmImages({ name, services }: Stack): Promise<boolean> {
  const images = new Set(
    services.flatMap(({ declared, containers }) => [
      ...(declared?.image === undefined ? [] : [declared.image]),
      ...containers.map(({ image }) => image),
    ]),
  );
  const remove = l10n.t('Remove Containers and Images');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Take down {0} and delete the images of its services?', name),
    {
      modal: true,
      detail: `${[...images]
        .sort()
        .map((each) => `• ${each}`)
        .join('\n')}\n\n${l10n.t('They will be pulled or built again when they are needed.')}`,
    },
    remove,
  );
  return answer === remove;
}

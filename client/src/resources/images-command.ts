import * as vscode from 'vscode';
import { sizeText } from '../files/file-look.ts';
import { inspectImage } from '../inspect/inspect-command.ts';
import { maskSecrets } from '../shared/mask.ts';
import { showReport } from '../shared/report-editor.ts';
import { operate, type OperateContext } from '../stack/operation.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { calledEngine } from './called-engine.ts';
import * as actions from './image-actions.ts';
import { type ImageOrder, imageText, type ListedImage, listImages, platformsOf } from './image-list.ts';

const { l10n } = vscode;

export type ImagesContext = OperateContext & ExtensionScope & { isOlderImage(reference: string): boolean };

interface Entry extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

/** Lists the images of an engine, and does with one what is chosen. */
export async function manageImagesCommand(workbench: ImagesContext, args: readonly unknown[]): Promise<void> {
  await pickImage(workbench, calledEngine(args), 'size');
}

async function pickImage(
  workbench: ImagesContext,
  engine: string | undefined,
  order: ImageOrder,
): Promise<void> {
  const found = await operate(workbench, {
    title: l10n.t('Images'),
    project: '',
    engine,
    again: () => pickImage(workbench, engine, order),
    run: (port, _report, signal) =>
      Promise.all([
        port.listImages({ labels: [] }, signal),
        port.listContainers({ labels: [], all: true }, signal),
      ]),
  });
  if (found === undefined) return;
  const now = Date.now();
  const orders = {
    size: l10n.t('Sort by Size'),
    age: l10n.t('Sort by Age'),
    name: l10n.t('Sort by Name'),
    unused: l10n.t('Unused First'),
  } as const satisfies Readonly<Record<ImageOrder, string>>;
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const entries: readonly Entry[] = [
    ...listImages(...found, order).map((listed): Entry => {
      const isOlder = engine === undefined && workbench.isOlderImage(listed.reference);
      return {
        label: listed.label,
        description: imageText(listed, { t: l10n.t, now, isOlder }),
        run: () => onImage(workbench, engine, listed),
      };
    }),
    separator,
    {
      label: `$(cloud-download) ${l10n.t('Pull Image…')}`,
      run: () => actions.pull(workbench, engine),
    },
    { label: `$(folder-opened) ${l10n.t('Load Images…')}`, run: () => actions.load(workbench, engine) },
    ...Object.entries(orders)
      .filter(([each]) => each !== order)
      .map(
        ([each, label]): Entry => ({
          label: `$(list-ordered) ${label}`,
          run: () => pickImage(workbench, engine, each as ImageOrder),
        }),
      ),
  ];
  const picked = await vscode.window.showQuickPick(entries, {
    title: `${l10n.t('Images')} · ${orders[order]}`,
    placeHolder: l10n.t('Select an image'),
    matchOnDescription: true,
  });
  await picked?.run?.();
}

async function onImage(
  workbench: ImagesContext,
  engine: string | undefined,
  listed: ListedImage,
): Promise<void> {
  const { reference, label, image } = listed;
  const details = await operate(workbench, {
    title: l10n.t('Inspect: {0}', label),
    project: '',
    engine,
    again: () => onImage(workbench, engine, listed),
    run: (port, _report, signal) => port.inspectImage(reference, signal),
  });
  if (details === undefined) return;
  const isNamed = image.tags.length > 0;
  const entries: readonly Entry[] = [
    { label: l10n.t('Run Once…'), run: () => actions.runOnce(workbench, engine, reference, label) },
    { label: l10n.t('Inspect'), run: () => inspectImage(workbench, engine, reference) },
    { label: l10n.t('History'), run: () => showHistory(workbench, engine, listed) },
    ...(isNamed
      ? [
          { label: l10n.t('Pull'), run: () => actions.pull(workbench, engine, reference) },
          { label: l10n.t('Push'), run: () => actions.push(workbench, engine, reference) },
        ]
      : []),
    { label: l10n.t('Add Tag…'), run: () => actions.tag(workbench, engine, listed) },
    { label: l10n.t('Save to File…'), run: () => actions.save(workbench, engine, listed) },
    { label: l10n.t('Remove…'), run: () => actions.remove(workbench, engine, listed) },
  ];
  const picked = await vscode.window.showQuickPick(entries, {
    title: [label, platformsOf(details)].filter(Boolean).join(' · '),
  });
  await picked?.run?.();
}

async function showHistory(
  workbench: ImagesContext,
  engine: string | undefined,
  listed: ListedImage,
): Promise<void> {
  const { reference, label } = listed;
  const title = l10n.t('History: {0}', label);
  const layers = await operate(workbench, {
    title,
    project: '',
    engine,
    again: () => showHistory(workbench, engine, listed),
    run: (port, _report, signal) => port.inspectImageHistory(reference, signal),
  });
  if (layers === undefined) return;
  const lines = layers.map(
    ({ createdAt, createdBy, size }) =>
      `  ${new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ')} ${sizeText(size, l10n.t).padStart(8)}  ${createdBy.replaceAll(/\s+/g, ' ')}`,
  );
  await showReport(workbench, title, maskSecrets(`${title}\n\n${lines.join('\n')}\n`));
}

import * as vscode from 'vscode';
import type { DiskUsage } from '#engine/api/engine-objects.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { findUnused, removeUnused, type Unused } from '#engine/operations/unused.ts';
import { shortImageId } from '#engine/project/short-image-id.ts';
import { sizeText } from '../files/file-look.ts';
import { operate, type OperateContext } from '../stack/operation.ts';
import { freedBy } from './disk-document.ts';

const { l10n } = vscode;

interface Entry extends vscode.QuickPickItem {
  /** What of the whole it stands for. */
  readonly take: Partial<Unused>;
}

const nothing: Unused = { containers: [], networks: [], images: [], volumes: [], buildCache: false };

/**
 * Removes what nothing uses on the whole engine, one by one as chosen from a list, after asking. Projects that are stopped keep what they need
 * to start again, and volumes are left.
 */
export async function pruneSystemCommand(workbench: OperateContext): Promise<void> {
  const found = await operate(workbench, {
    title: l10n.t('Looking for unused resources'),
    project: '',
    again: () => pruneSystemCommand(workbench),
    run: (engine: EnginePort, _report, signal) =>
      Promise.all([findUnused(engine, { all: true }, signal), engine.inspectDisk(signal)]),
  });
  if (found === undefined) return;
  const [unused, usage] = found;
  const chosen = await vscode.window.showQuickPick(entriesOf(unused, usage), {
    canPickMany: true,
    matchOnDescription: true,
    title: l10n.t('Remove unused resources of all projects from this engine'),
    placeHolder: l10n.t('Select what to remove. Volumes will not be removed.'),
  });
  if (chosen === undefined || chosen.length === 0) return;
  const remove = l10n.t('Remove');
  const engineName = workbench.engine.current?.info.endpoint ?? '';
  const taken = chosen.map(({ take }) => take).reduce(together, nothing);
  const freed = sizeText(freedBy(usage, taken), l10n.t);
  const answer = await vscode.window.showWarningMessage(
    chosen.length === 1
      ? l10n.t('Remove {0}?', chosen[0]?.label ?? '')
      : l10n.t('Remove {0} items?', chosen.length),
    {
      modal: true,
      detail: l10n.t(
        'They will be removed from the engine at {0}. This frees at least {1}, and cannot be undone.',
        engineName,
        freed,
      ),
    },
    remove,
  );
  if (answer === remove) await prune(workbench, taken);
}

async function prune(workbench: OperateContext, unused: Unused): Promise<void> {
  const done = await operate(workbench, {
    title: l10n.t('Clean up'),
    project: '',
    stops: true,
    again: () => prune(workbench, unused),
    run: async (engine, report, signal) => {
      await removeUnused(engine, unused, report, signal);
      return true;
    },
  });
  if (done !== undefined)
    vscode.window.setStatusBarMessage(`$(check) ${l10n.t('The engine was cleaned up')}`, 5000);
}

function entriesOf({ containers, networks, images }: Unused, usage: DiskUsage): readonly Entry[] {
  return [
    ...containers.map(
      (container): Entry => ({
        label: container.name,
        description: [
          l10n.t('container'),
          sizeText(freedBy(usage, { ...nothing, containers: [container] }), l10n.t),
          container.status,
        ].join(' · '),
        take: { containers: [container] },
      }),
    ),
    ...networks.map(
      (network): Entry => ({
        label: network.name,
        description: l10n.t('network'),
        take: { networks: [network] },
      }),
    ),
    ...images.map(
      (image): Entry => ({
        label: image.tags.length > 0 ? image.tags.join(', ') : shortImageId(image.id),
        description: [
          l10n.t('image'),
          sizeText(freedBy(usage, { ...nothing, images: [image] }), l10n.t),
        ].join(' · '),
        take: { images: [image] },
      }),
    ),
    {
      label: l10n.t('Build cache'),
      description: sizeText(usage.cache.free, l10n.t),
      take: { buildCache: true },
    },
  ].map((entry) => ({ ...entry, picked: true }));
}

function together(all: Unused, take: Partial<Unused>): Unused {
  return {
    containers: [...all.containers, ...(take.containers ?? [])],
    networks: [...all.networks, ...(take.networks ?? [])],
    images: [...all.images, ...(take.images ?? [])],
    volumes: [],
    buildCache: all.buildCache || take.buildCache === true,
  };
}

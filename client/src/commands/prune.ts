import * as vscode from 'vscode';
import type { PruneKind } from '../engine/port.ts';
import type { Workbench } from '../workbench.ts';
import { operate } from './operation.ts';

const { l10n } = vscode;

/** What `docker system prune --all` removes, in its order; volumes are left. */
const kinds: readonly PruneKind[] = ['containers', 'networks', 'images', 'build'];

/** Removes what nothing uses on the whole engine, after asking: chosen by kind, never volumes. */
export async function pruneSystemCommand(workbench: Workbench): Promise<void> {
  const texts: Readonly<Record<PruneKind, string>> = {
    containers: l10n.t('Stopped containers'),
    networks: l10n.t('Networks that no container uses'),
    images: l10n.t('Images that no container uses'),
    build: l10n.t('The builder’s cache'),
  };
  const chosen = await vscode.window.showQuickPick(
    kinds.map((what) => ({ label: texts[what], what, picked: true })),
    {
      canPickMany: true,
      title: l10n.t('Remove what nothing uses, of all projects of this engine'),
      placeHolder: l10n.t('Volumes are left as they are.'),
    },
  );
  if (chosen === undefined || chosen.length === 0) return;
  const remove = l10n.t('Remove');
  const engineName = workbench.engine.current?.info.endpoint ?? '';
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Remove what nothing uses?'),
    {
      modal: true,
      detail: `${chosen.map(({ label }) => `• ${label}`).join('\n')}\n\n${l10n.t('This is about everything on the engine at {0}, not this project alone. It cannot be undone.', engineName)}`,
    },
    remove,
  );
  if (answer !== remove) return;
  await prune(
    workbench,
    kinds.filter((kind) => chosen.some(({ what }) => what === kind)),
  );
}

async function prune(workbench: Workbench, wanted: readonly PruneKind[]): Promise<void> {
  const result = await operate(workbench, {
    title: l10n.t('Clean up'),
    project: '',
    again: () => prune(workbench, wanted),
    run: async (engine, report, signal) => {
      let count = 0;
      let freed = 0;
      for (const kind of wanted) {
        report({ kind: 'project', name: kind, status: 'Removing' });
        const pruned = await engine.prune(kind, signal);
        report({ kind: 'project', name: kind, status: 'Removed' });
        count += pruned.removed.length;
        freed += pruned.freed;
      }
      return { count, freed };
    },
  });
  if (result === undefined) return;
  void vscode.window.showInformationMessage(
    l10n.t('{0} things removed, {1} MB freed.', result.count, Math.round(result.freed / 1_000_000)),
  );
}

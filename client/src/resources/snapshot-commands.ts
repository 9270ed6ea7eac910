import { basename } from 'node:path';
import * as vscode from 'vscode';
import { mountsVolume } from '#engine/files/volume-host.ts';
import { snapshotFile, snapshotFolder } from '#engine/operations/snapshot-file.ts';
import { deleteSnapshot, restoreSnapshot, takeSnapshot } from '#engine/files/volume-snapshot.ts';
import { whileStopped } from '#engine/operations/while-stopped.ts';
import type { Report } from '#engine/observe/progress.ts';
import { projectFolder } from '../files/saved-volumes.ts';
import { sizeText } from '../files/file-look.ts';
import { operate, type OperateContext } from '../stack/operation.ts';
import type { TreeContext } from '../tree/tree-context.ts';
import { calledRows } from '../tree/tree-row.ts';
import type { Stack } from '../workspace/stacks.ts';

const { l10n } = vscode;

interface Chosen {
  readonly stack: Stack;
  readonly volume: string;
  /** A snapshot of it that was chosen. */
  readonly file?: string;
}

/** Saves what is in the chosen volumes, each to a file. Containers that write are stopped for it if the person wants that, and started again. */
export async function takeSnapshotCommand(
  workbench: OperateContext & Pick<TreeContext, 'relist'>,
  args: readonly unknown[],
): Promise<void> {
  for (const chosen of volumesIn(workbench, args)) {
    const file = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(
        snapshotFile(projectFolder(chosen.stack), chosen.stack.name, chosen.volume),
      ),
      // With `tar.gz`, VS Code's own dialog would add it to a name that ends with it.
      filters: { [l10n.t('Volume snapshots')]: ['gz'] },
      saveLabel: l10n.t('Take Snapshot'),
    });
    if (file === undefined) return;
    const { stack, volume } = chosen;
    const stops = await askToStop(chosen);
    if (stops !== undefined) await take(workbench, stack, [{ volume, file: file.fsPath }], stops);
  }
  // Where it is expanded, the new one is below it.
  for (const row of calledRows(args)) workbench.relist(row);
}

/** Makes a volume what it was when a snapshot was taken, after asking. */
export async function restoreSnapshotCommand(
  workbench: OperateContext,
  args: readonly unknown[],
): Promise<void> {
  const [chosen] = volumesIn(workbench, args);
  if (chosen === undefined) return;
  const file = chosen.file === undefined ? await askForFile(chosen) : vscode.Uri.file(chosen.file);
  if (file === undefined) return;
  const action = l10n.t('Restore Snapshot');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Restore {0}?', chosen.volume),
    {
      modal: true,
      detail: l10n.t(
        'All data in the volume will be replaced by the content of {0}. Containers of the project that use the volume will be stopped, and started again afterward. This cannot be undone.',
        vscode.workspace.asRelativePath(file),
      ),
    },
    action,
  );
  if (answer === action) await restore(workbench, chosen, file.fsPath);
}

/** Deletes the files of the chosen snapshots, after asking. */
export async function deleteSnapshotCommand(
  workbench: Pick<TreeContext, 'relist'>,
  args: readonly unknown[],
): Promise<void> {
  const rows = calledRows(args).filter((row) => row.kind === 'snapshot');
  const [first] = rows;
  if (first === undefined) return;
  const action = l10n.t('Delete Snapshot');
  const answer = await vscode.window.showWarningMessage(
    rows.length === 1
      ? l10n.t('Delete the snapshot {0}?', basename(first.file))
      : l10n.t('Delete {0} snapshots?', rows.length),
    {
      modal: true,
      detail: [
        ...(rows.length === 1 ? [] : rows.map(({ file }) => `• ${basename(file)}`)),
        l10n.t('The volumes keep their data. This cannot be undone.'),
      ].join('\n'),
    },
    action,
  );
  if (answer !== action) return;
  for (const row of rows) {
    await deleteSnapshot(row.file);
    workbench.relist(row);
  }
}

async function askForFile({ stack }: Chosen): Promise<vscode.Uri | undefined> {
  const folder = vscode.Uri.file(snapshotFolder(projectFolder(stack)));
  const isThere = await vscode.workspace.fs.stat(folder).then(
    () => true,
    () => false,
  );
  const [file] =
    (await vscode.window.showOpenDialog({
      ...(isThere && { defaultUri: folder }),
      filters: { [l10n.t('Volume snapshots')]: ['gz', 'tgz'] },
      openLabel: l10n.t('Restore Snapshot'),
    })) ?? [];
  return file;
}

/** Saves all volumes of a project beside its files, while nothing of the project writes to them. Resolves with whether all were saved. */
export function takeSnapshots(workbench: OperateContext, stack: Stack): Promise<boolean> {
  const snapshots = (stack.runtime?.volumes ?? []).map(({ name: volume }) => ({
    volume,
    file: snapshotFile(projectFolder(stack), stack.name, volume),
  }));
  return take(workbench, stack, snapshots, true);
}

interface Snapshot {
  readonly volume: string;
  readonly file: string;
}

async function take(
  workbench: OperateContext,
  stack: Stack,
  snapshots: readonly Snapshot[],
  stops: boolean,
): Promise<boolean> {
  const volumes = snapshots.map(({ volume }) => volume);
  const sizes = await operate(workbench, {
    title: l10n.t('Take Snapshot: {0}', volumes.join(', ')),
    project: stack.name,
    engine: stack.engine,
    stops,
    again: async () => void (await take(workbench, stack, snapshots, stops)),
    run: (engine, report, signal) => {
      const saveAll = async () => {
        const saved: number[] = [];
        for (const { volume, file } of snapshots) {
          saved.push(await takeSnapshot(engine, volume, file, told(report, volume, 'Saving'), signal));
          report({ kind: 'volume', name: volume, status: 'Saved' });
        }
        return saved;
      };
      return stops ? whileStopped(engine, stack.name, volumes, report, saveAll, signal) : saveAll();
    },
  });
  if (sizes === undefined) return false;
  for (const [at, { volume, file }] of snapshots.entries()) {
    const name = vscode.workspace.asRelativePath(file);
    const size = sizeText(sizes[at] ?? 0, l10n.t);
    vscode.window.setStatusBarMessage(
      `$(check) ${l10n.t('{0} saved to {1} ({2})', volume, name, size)}`,
      5000,
    );
  }
  return true;
}

async function restore(workbench: OperateContext, chosen: Chosen, file: string): Promise<void> {
  const { stack, volume } = chosen;
  const done = await operate(workbench, {
    title: l10n.t('Restore Snapshot: {0}', volume),
    project: stack.name,
    engine: stack.engine,
    stops: true,
    again: () => restore(workbench, chosen, file),
    run: async (engine, report, signal) => {
      await whileStopped(
        engine,
        stack.name,
        [volume],
        report,
        () => restoreSnapshot(engine, volume, file, told(report, volume, 'Restoring'), signal),
        signal,
      );
      report({ kind: 'volume', name: volume, status: 'Restored' });
      return true;
    },
  });
  if (done === undefined) return;
  vscode.window.setStatusBarMessage(`$(check) ${l10n.t('{0} restored', volume)}`, 5000);
}

/** `undefined`: given up. Not asked where nothing runs with the volume, or something that is not the project's, which is never stopped. */
async function askToStop({ stack, volume }: Chosen): Promise<boolean | undefined> {
  const running = stack.services.flatMap(({ containers }) =>
    containers.filter((container) => container.state === 'running' && mountsVolume(container, volume)),
  );
  if (running.length === 0) return false;
  const stop = l10n.t('Stop and Take Snapshot');
  const goOn = l10n.t('Take Snapshot While Running');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('{0} is in use', volume),
    {
      modal: true,
      detail: l10n.t(
        'These containers may write to the volume while the snapshot is taken, so that it holds half a change: {0}. They can be stopped, and started again afterward.',
        running.map(({ name }) => name).join(', '),
      ),
    },
    stop,
    goOn,
  );
  return answer === undefined ? undefined : answer === stop;
}

function told(report: Report, volume: string, status: 'Saving' | 'Restoring'): (bytes: number) => void {
  const step = 10_000_000;
  let last = 0;
  return (bytes) => {
    if (bytes - last < step) return;
    last = bytes;
    report({ kind: 'volume', name: volume, status, detail: sizeText(bytes, l10n.t) });
  };
}

function volumesIn({ stacks }: OperateContext, args: readonly unknown[]): readonly Chosen[] {
  return calledRows(args).flatMap((row): Chosen[] => {
    if (row.kind !== 'volume' && row.kind !== 'snapshot') return [];
    const stack = stacks.stack(row.stack);
    if (stack === undefined) return [];
    return [{ stack, volume: row.name, ...(row.kind === 'snapshot' && { file: row.file }) }];
  });
}

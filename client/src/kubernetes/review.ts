import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Files } from '#compose/convert/kubernetes/kustomize.ts';
import { differences, type FileChange } from '#engine/kubernetes/file-changes.ts';
import { compareWithFolder, type Pending, writeConversion } from '#engine/kubernetes/output-folder.ts';
import { KubernetesCommands } from './kubernetes-command-ids.ts';
import { ContextKeys } from '../ids.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { conversionDocuments } from './conversion-documents.ts';
import type { Report } from './report-text.ts';

const { l10n } = vscode;

/** A conversion that is to be agreed to. */
export interface Reviewed {
  /** The project's. */
  readonly name: string;
  readonly id: string;
  readonly directory: string;
  readonly files: Files;
  /** How many attributes did not go over. */
  readonly remarks: number;
  readonly report: Report;
}

interface Shown {
  readonly conversion: Reviewed;
  readonly pending: Pending;
  /** Of the editor; VS Code adds the number of files. */
  readonly title: string;
}

let shown: Shown | undefined;
let isWatching = false;

/** Shows what would change in the output folder; `writeManifests` then writes it. Says so when nothing would. */
export async function reviewConversion(workbench: ExtensionScope, conversion: Reviewed): Promise<void> {
  const pending = await compareWithFolder(conversion.directory, conversion.files);
  const changed = differences(pending.changes);
  const where = vscode.workspace.asRelativePath(conversion.directory);
  if (changed.length === 0) {
    await discardManifests();
    // Also where only the list of what was written is missing.
    await writeConversion(pending, new Set());
    await tell(workbench, conversion, l10n.t('{0} is as the compose files say: nothing has changed.', where));
    return;
  }
  await discardManifests();
  if (conversion.remarks > 0) await openReport(workbench, conversion, { preserveFocus: true });
  const documents = conversionDocuments(workbench);
  const title = l10n.t('{0} in Kubernetes', conversion.name);
  shown = { conversion, pending, title };
  watchTabs(workbench);
  const resources = [...changed]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ path, before, after }) => {
      const file = join(conversion.directory, path);
      return [
        vscode.Uri.file(file),
        before === undefined ? undefined : vscode.Uri.file(file),
        after === undefined ? undefined : documents.manifest(file, after),
      ];
    });
  await vscode.commands.executeCommand('vscode.changes', title, resources);
  await setPending(true);
  void ask(workbench, conversion, changed, where);
}

/** Writes what is shown. Files that were edited since, and those that are no longer made, are asked about. */
export async function writeManifests(workbench: ExtensionScope): Promise<void> {
  if (shown === undefined) return;
  const { conversion, pending } = shown;
  const fresh = await compareWithFolder(conversion.directory, conversion.files);
  if (JSON.stringify(fresh.changes) !== JSON.stringify(pending.changes)) {
    // Somebody wrote there meanwhile: what was agreed to is not what would be done.
    await reviewConversion(workbench, conversion);
    return;
  }
  const changed = differences(pending.changes);
  const kept = await askKept(changed);
  if (kept === undefined) return;
  await discardManifests();
  await writeConversion(pending, kept);
  const count = (isGone: boolean) =>
    changed.filter(({ path, after }) => !kept.has(path) && (after === undefined) === isGone).length;
  const where = vscode.workspace.asRelativePath(conversion.directory);
  const parts = [
    l10n.t('{0} files written to {1}.', count(false), where),
    ...(count(true) > 0 ? [l10n.t('{0} removed.', count(true))] : []),
    ...(kept.size > 0 ? [l10n.t('{0} left as they are.', kept.size)] : []),
  ];
  await tell(workbench, conversion, parts.join(' '));
}

/** Closes what is shown; nothing is written. */
export async function discardManifests(): Promise<void> {
  const title = shown?.title;
  shown = undefined;
  await setPending(false);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter((tab) => isOf(tab, title)));
  if (title !== undefined && tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}

async function ask(
  workbench: ExtensionScope,
  conversion: Reviewed,
  changed: readonly FileChange[],
  where: string,
): Promise<void> {
  const edited = changed.filter(({ edited: isEdited }) => isEdited).length;
  const parts = [
    l10n.t('{0} files change in {1}.', changed.length, where),
    ...(edited > 0 ? [l10n.t('{0} of them were edited by hand.', edited)] : []),
    ...remarkCount(conversion),
  ];
  const write = l10n.t('Write');
  const report = l10n.t('Show Report');
  const actions = conversion.remarks > 0 ? [write, report] : [write];
  const answer = await vscode.window.showInformationMessage(parts.join(' '), ...actions);
  if (answer === report) await openReport(workbench, conversion);
  // An older question may be answered late.
  else if (answer === write && shown?.conversion === conversion) await writeManifests(workbench);
}

/** What is left as it is; `undefined`: the user thought better of it. */
async function askKept(changed: readonly FileChange[]): Promise<ReadonlySet<string> | undefined> {
  const doubtful = changed.filter(({ after, edited }) => edited || after === undefined);
  if (doubtful.length === 0) return new Set();
  const items = doubtful.map(({ path, after, edited }) => ({
    label: after === undefined ? l10n.t('Remove {0}', path) : l10n.t('Overwrite {0}', path),
    description: edited ? l10n.t('edited since it was written') : l10n.t('no longer made'),
    picked: !edited,
    path,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Manifests'),
    placeHolder: l10n.t('Which of these too? The others stay as they are.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const chosen = new Set(picked.map(({ path }) => path));
  return new Set(doubtful.map(({ path }) => path).filter((path) => !chosen.has(path)));
}

async function tell(workbench: ExtensionScope, conversion: Reviewed, message: string): Promise<void> {
  const report = l10n.t('Show Report');
  const apply = l10n.t('Apply to a Cluster…');
  const actions = conversion.remarks > 0 ? [apply, report] : [apply];
  const text = [message, ...remarkCount(conversion)].join(' ');
  const answer = await vscode.window.showInformationMessage(text, ...actions);
  if (answer === report) await openReport(workbench, conversion);
  if (answer === apply)
    await vscode.commands.executeCommand(KubernetesCommands.applyKubernetes, conversion.id);
}

function remarkCount({ remarks }: Reviewed): readonly string[] {
  return remarks === 0 ? [] : [l10n.t('{0} settings do not go over as they are.', remarks)];
}

async function openReport(
  workbench: ExtensionScope,
  { name, report }: Reviewed,
  options: vscode.TextDocumentShowOptions = {},
): Promise<void> {
  const uri = conversionDocuments(workbench).report(l10n.t('{0}, not in Kubernetes', name), report);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false, ...options });
}

/** What changes is read first, what goes last. */
function rank({ before, after }: FileChange): number {
  return after === undefined ? 2 : before === undefined ? 1 : 0;
}

/** Closing the editor is an answer too. */
function watchTabs({ context }: ExtensionScope): void {
  if (isWatching) return;
  isWatching = true;
  context.subscriptions.push(
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.some((tab) => isOf(tab, shown?.title))) void discardManifests();
    }),
  );
}

function isOf({ label }: vscode.Tab, title: string | undefined): boolean {
  return title !== undefined && label.startsWith(title);
}

async function setPending(isPending: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', ContextKeys.manifestsShown, isPending);
}

import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Files } from '#compose/convert/kubernetes/kustomize.ts';
import { differences, type FileChange } from '#engine/kubernetes/file-changes.ts';
import { compareWithFolder, type Pending, writeConversion } from '#engine/kubernetes/output-folder.ts';
import { KubernetesCommands } from './kubernetes-command-ids.ts';
import { ContextKeys } from '../ids.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { ConversionDocuments } from './conversion-documents.ts';
import {
  doubtsIn,
  inReadingOrder,
  keptOf,
  pendingText,
  unchangedText,
  writtenText,
} from './manifest-changes.ts';
import { againText, type Report } from './report-text.ts';
import { againstLast } from '#engine/kubernetes/last-manifests.ts';
import type { Succession } from '#compose/convert/kubernetes/succession.ts';
import { catalogueFor } from '#compose/problem/catalogues.ts';

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
  /** How much of it does not become true in a cluster that has the last conversion. */
  readonly again?: number;
}

interface Shown {
  readonly conversion: Reviewed;
  /** As it was asked for. */
  readonly wanted: Reviewed;
  readonly pending: Pending;
  /** Of the editor; VS Code adds the number of files. */
  readonly title: string;
}

/** Shows what would change in the output folder; `writeManifests` then writes it. Says so when nothing would. */
export async function reviewConversion(workbench: ExtensionScope, conversion: Reviewed): Promise<void> {
  await reviewOf(workbench).show(conversion);
}

/** Writes what is shown. Files that were edited since, and those that are no longer made, are asked about. */
export async function writeManifests(workbench: ExtensionScope): Promise<void> {
  await reviewOf(workbench).write();
}

/** Closes what is shown; nothing is written. */
export async function discardManifests(workbench: ExtensionScope): Promise<void> {
  await reviewOf(workbench).discard();
}

function reviewOf(workbench: ExtensionScope): ConversionReview {
  return workbench.once.of(ConversionReview, workbench);
}

/** The conversion that waits to be agreed to: at most one. */
class ConversionReview implements vscode.Disposable {
  readonly #documents: ConversionDocuments;
  readonly #tabs: vscode.Disposable;
  #shown: Shown | undefined;

  constructor(workbench: ExtensionScope) {
    this.#documents = workbench.once.of(ConversionDocuments, workbench);
    // Closing the editor is an answer too.
    this.#tabs = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.some((tab) => isOf(tab, this.#shown?.title))) void this.discard();
    });
  }

  async show(wanted: Reviewed): Promise<void> {
    const { directory, files } = wanted;
    const pending = await compareWithFolder(directory, files);
    const conversion = withSuccession(wanted, againstLast(pending.changes));
    const { remarks } = conversion;
    const changed = differences(pending.changes);
    const where = vscode.workspace.asRelativePath(directory);
    await this.discard();
    if (changed.length === 0) {
      // Also where only the list of what was written is missing.
      await writeConversion(pending, new Set());
      await this.#tell(conversion, unchangedText(where, remarks, l10n.t));
      return;
    }
    if (hasReport(conversion)) await this.#openReport(conversion, { preserveFocus: true });
    const title = l10n.t('{0} in Kubernetes', conversion.name);
    this.#shown = { conversion, wanted, pending, title };
    const resources = inReadingOrder(changed).map((change) => this.#resource(directory, change));
    await vscode.commands.executeCommand('vscode.changes', title, resources);
    await setPending(true);
    void this.#ask(conversion, pendingText(changed, where, remarks, l10n.t, conversion.again));
  }

  async write(): Promise<void> {
    if (this.#shown === undefined) return;
    const { conversion, wanted, pending } = this.#shown;
    const fresh = await compareWithFolder(conversion.directory, conversion.files);
    if (JSON.stringify(fresh.changes) !== JSON.stringify(pending.changes)) {
      // Somebody wrote there meanwhile: what was agreed to is not what would be done.
      await this.show(wanted);
      return;
    }
    const changed = differences(pending.changes);
    const kept = await askKept(changed);
    if (kept === undefined) return;
    await this.discard();
    await writeConversion(pending, kept);
    const where = vscode.workspace.asRelativePath(conversion.directory);
    await this.#tell(conversion, writtenText(changed, kept, where, conversion.remarks, l10n.t));
  }

  async discard(): Promise<void> {
    const title = this.#shown?.title;
    this.#shown = undefined;
    await setPending(false);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.filter((tab) => isOf(tab, title)));
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
  }

  dispose(): void {
    this.#tabs.dispose();
  }

  /** As `vscode.changes` takes it: the file's name, what is there, what would be. */
  #resource(directory: string, { path, before, after }: FileChange) {
    const file = vscode.Uri.file(join(directory, path));
    return [
      file,
      before === undefined ? undefined : file,
      after === undefined ? undefined : this.#documents.manifest(file.fsPath, after),
    ];
  }

  async #ask(conversion: Reviewed, question: string): Promise<void> {
    const write = l10n.t('Write');
    const report = l10n.t('Show Report');
    const actions = hasReport(conversion) ? [write, report] : [write];
    const answer = await vscode.window.showInformationMessage(question, ...actions);
    if (answer === report) await this.#openReport(conversion);
    // An older question may be answered late.
    else if (answer === write && this.#shown?.conversion === conversion) await this.write();
  }

  async #tell(conversion: Reviewed, message: string): Promise<void> {
    const report = l10n.t('Show Report');
    const apply = l10n.t('Apply to Cluster…');
    const actions = hasReport(conversion) ? [apply, report] : [apply];
    const answer = await vscode.window.showInformationMessage(message, ...actions);
    if (answer === report) await this.#openReport(conversion);
    if (answer === apply)
      await vscode.commands.executeCommand(KubernetesCommands.applyKubernetes, conversion.id);
  }

  async #openReport({ name, report }: Reviewed, options: vscode.TextDocumentShowOptions = {}): Promise<void> {
    const uri = this.#documents.report(l10n.t('{0}, not in Kubernetes', name), report);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false, ...options });
  }
}

function hasReport({ remarks, again = 0 }: Reviewed): boolean {
  return remarks > 0 || again > 0;
}

/** The report with what a cluster that has the last conversion would make of it, first. */
function withSuccession(conversion: Reviewed, found: readonly Succession[]): Reviewed {
  const again = againText(found, catalogueFor(vscode.env.language), l10n.t);
  if (again === '') return conversion;
  const { text, links } = conversion.report;
  const moved = links.map(({ start, end, place }) => ({
    start: start + again.length,
    end: end + again.length,
    place,
  }));
  return { ...conversion, again: found.length, report: { text: `${again}${text}`, links: moved } };
}

/** What is left as it is; `undefined`: the user thought better of it. */
async function askKept(changed: readonly FileChange[]): Promise<ReadonlySet<string> | undefined> {
  const doubts = doubtsIn(changed, l10n.t);
  if (doubts.length === 0) return new Set();
  const picked = await vscode.window.showQuickPick(doubts, {
    title: l10n.t('Manifests'),
    placeHolder: l10n.t('Select the files to change as well. The others will not be changed.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked === undefined ? undefined : keptOf(doubts, picked);
}

function isOf({ label }: vscode.Tab, title: string | undefined): boolean {
  return title !== undefined && label.startsWith(title);
}

async function setPending(isPending: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', ContextKeys.manifestsShown, isPending);
}

import * as vscode from 'vscode';
import { VirtualDocuments } from '../shared/virtual-documents.ts';
import { PlanCommands } from './plan-command-ids.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';

const { l10n } = vscode;

const scheme = 'composure-plan';

/** `remove-orphans`: the same plan, but with orphans removed. */
export type PlanAnswer = 'apply' | 'remove-orphans' | 'cancel';

interface Open {
  readonly text: string;
  readonly hasOrphans: boolean;
  readonly answer: (answer: PlanAnswer) => void;
}

/** Shows a plan in an editor and waits for its answer: Apply, Cancel, or closing it; Remove Orphans where there are any that stay. A plan shown before under the same title is cancelled. */
export async function askWithPlan(
  workbench: ExtensionScope,
  title: string,
  text: string,
  hasOrphans: boolean,
): Promise<PlanAnswer> {
  return workbench.once.of(PlanEditors, workbench).ask(title, text, hasOrphans);
}

/** Answers the plan in the active editor. */
export function answerPlan(workbench: ExtensionScope, answer: PlanAnswer): void {
  workbench.once.of(PlanEditors, workbench).answer(answer);
}

/** The plans that wait for an answer. */
class PlanEditors implements vscode.Disposable {
  readonly #open = new Map<string, Open>();
  readonly #documents = new VirtualDocuments(
    scheme,
    (uri) => this.#open.get(uri.toString())?.text ?? l10n.t('This plan is over.'),
  );
  readonly #disposables: readonly vscode.Disposable[] = [
    this.#documents,
    vscode.languages.registerCodeLensProvider(
      { scheme },
      {
        provideCodeLenses: ({ uri }) => {
          const open = this.#open.get(uri.toString());
          return open === undefined ? [] : answerLenses(open.hasOrphans);
        },
      },
    ),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed)
        if (input instanceof vscode.TabInputText) this.#open.get(input.uri.toString())?.answer('cancel');
    }),
  ];

  async ask(title: string, text: string, hasOrphans: boolean): Promise<PlanAnswer> {
    const uri = vscode.Uri.from({ scheme, path: `/${title.replaceAll('/', ' ')}` });
    const key = uri.toString();
    this.#open.get(key)?.answer('cancel');
    const answered = new Promise<PlanAnswer>((resolve) => {
      this.#open.set(key, { text, hasOrphans, answer: resolve });
    });
    this.#documents.refresh();
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'diff');
    await vscode.window.showTextDocument(document, { preview: false });
    const answer = await answered;
    this.#open.delete(key);
    await close(uri);
    return answer;
  }

  answer(answer: PlanAnswer): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (uri !== undefined) this.#open.get(uri.toString())?.answer(answer);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function answerLenses(hasOrphans: boolean): vscode.CodeLens[] {
  const top = new vscode.Range(0, 0, 0, 0);
  return [
    new vscode.CodeLens(top, { title: `$(check) ${l10n.t('Apply')}`, command: PlanCommands.applyPlan }),
    ...(hasOrphans
      ? [
          new vscode.CodeLens(top, {
            title: `$(trash) ${l10n.t('Remove Orphans Too')}`,
            command: PlanCommands.planRemoveOrphans,
          }),
        ]
      : []),
    new vscode.CodeLens(top, { title: `$(close) ${l10n.t('Cancel')}`, command: PlanCommands.cancelPlan }),
  ];
}

async function close(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}

import * as vscode from 'vscode';
import { lensTitle } from '../lens/lens-title.ts';
import { plainSpaces } from '../shared/plain-spaces.ts';
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
  readonly #documents = new VirtualDocuments(scheme, (uri) =>
    plainSpaces(this.#open.get(uri.toString())?.text ?? l10n.t('This plan is no longer available.')),
  );
  readonly #bar = [
    barItem(2, `$(check) ${l10n.t('Apply Plan')}`, PlanCommands.applyPlan),
    barItem(1, `$(close) ${l10n.t('Cancel Plan')}`, PlanCommands.cancelPlan),
  ];
  readonly #disposables: readonly vscode.Disposable[] = [
    this.#documents,
    ...this.#bar,
    vscode.languages.registerCodeLensProvider(
      { scheme },
      {
        provideCodeLenses: ({ uri, lineCount }) => {
          const open = this.#open.get(uri.toString());
          // At the end too: that is where one is who has read it.
          return open === undefined
            ? []
            : [0, lineCount - 1].flatMap((line) => answerLenses(line, open.hasOrphans));
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
    this.#showBar();
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'diff');
    await vscode.window.showTextDocument(document, { preview: false });
    const answer = await answered;
    this.#open.delete(key);
    this.#showBar();
    await close(uri);
    return answer;
  }

  /** The plan in the active editor, else the one that was shown last: the status bar is there in every editor. */
  answer(answer: PlanAnswer): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const active = uri === undefined ? undefined : this.#open.get(uri.toString());
    (active ?? [...this.#open.values()].at(-1))?.answer(answer);
  }

  #showBar(): void {
    for (const item of this.#bar)
      if (this.#open.size > 0) item.show();
      else item.hide();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** In colour: a plan waits for its answer. */
function barItem(priority: number, text: string, command: string): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(command, vscode.StatusBarAlignment.Left, priority);
  item.name = text.replace(/^\S+ /, '');
  item.text = text;
  item.command = command;
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  return item;
}

function answerLenses(line: number, hasOrphans: boolean): vscode.CodeLens[] {
  const at = new vscode.Range(line, 0, line, 0);
  return [
    new vscode.CodeLens(at, { title: lensTitle('check', l10n.t('Apply')), command: PlanCommands.applyPlan }),
    ...(hasOrphans
      ? [
          new vscode.CodeLens(at, {
            title: lensTitle('trash', l10n.t('Also Remove Orphans')),
            command: PlanCommands.planRemoveOrphans,
          }),
        ]
      : []),
    new vscode.CodeLens(at, {
      title: lensTitle('close', l10n.t('Cancel')),
      command: PlanCommands.cancelPlan,
    }),
  ];
}

async function close(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}

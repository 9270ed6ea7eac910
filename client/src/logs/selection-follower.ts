import * as vscode from 'vscode';
import { Settings } from '../ids.ts';
import type { PanelsContext } from '../panels/panels.ts';
import * as configuration from '../shared/configuration.ts';
import { selectedBy } from '../stack/selected.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import { shownLogs } from './shown-logs.ts';

/** For so long, in ms, a selection must stay: who clicks one row after the other asks for the last one's logs only. */
const settled = 150;

/** The log panel, while it is open, shows the logs of what is selected in the tree, where `composure.logs.followSelection` wants it. */
export class SelectionFollower implements vscode.Disposable {
  readonly #workbench: PanelsContext & StacksContext;
  readonly #disposables: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(view: vscode.TreeView<TreeRow>, workbench: PanelsContext & StacksContext) {
    this.#workbench = workbench;
    this.#disposables = [
      view.onDidChangeSelection(({ selection }) => this.#follow(selection)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Settings.logsFollowSelection)) this.#follow(view.selection);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #follow(rows: readonly TreeRow[]): void {
    clearTimeout(this.#timer);
    if (configuration.logsFollowSelection()) this.#timer = setTimeout(() => void this.#show(rows), settled);
  }

  async #show(rows: readonly TreeRow[]): Promise<void> {
    const { panels, stacks } = this.#workbench;
    const selections = selectedBy(rows, (key) => stacks.stack(key));
    if (selections.length > 0) (await panels.openedLogs())?.follow(shownLogs(selections));
  }
}

import type * as vscode from 'vscode';
import type { Workbench } from '../workbench.ts';
import type { LogPanel } from './log-panel.ts';

/** The pages of the extension, each loaded when it is first wanted. */
export class Panels implements vscode.Disposable {
  readonly #workbench: Workbench;
  #logs: Promise<LogPanel> | undefined;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  logs(): Promise<LogPanel> {
    this.#logs ??= import('./log-panel.ts').then(({ LogPanel }) => new LogPanel(this.#workbench));
    return this.#logs;
  }

  dispose(): void {
    void this.#logs?.then((logs) => logs.dispose());
  }
}

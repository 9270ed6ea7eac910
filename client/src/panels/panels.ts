import type * as vscode from 'vscode';
import type { EnginesContext, ExtensionScope, StacksContext } from '../workspace/contexts.ts';
import type { LogPanel } from '../logs/log-panel.ts';
import type { StatsPanel } from '../stats/stats-panel.ts';

/** The pages of the extension, each loaded when it is first wanted. */
export class Panels implements vscode.Disposable {
  readonly #workbench: EnginesContext & ExtensionScope & StacksContext;
  #logs: Promise<LogPanel> | undefined;
  #stats: Promise<StatsPanel> | undefined;

  constructor(workbench: EnginesContext & ExtensionScope & StacksContext) {
    this.#workbench = workbench;
  }

  logs(): Promise<LogPanel> {
    this.#logs ??= import('../logs/log-panel.ts').then(({ LogPanel }) => new LogPanel(this.#workbench));
    return this.#logs;
  }

  /** `undefined`: nobody has wanted it yet. */
  async openedLogs(): Promise<LogPanel | undefined> {
    return this.#logs;
  }

  stats(): Promise<StatsPanel> {
    this.#stats ??= import('../stats/stats-panel.ts').then(
      ({ StatsPanel }) => new StatsPanel(this.#workbench),
    );
    return this.#stats;
  }

  dispose(): void {
    void this.#stats?.then((stats) => stats.dispose());
    void this.#logs?.then((logs) => logs.dispose());
  }
}

export interface PanelsContext {
  readonly panels: Panels;
}

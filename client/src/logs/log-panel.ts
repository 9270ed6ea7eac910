import * as vscode from 'vscode';
import { logTabs, Views } from '../ids.ts';
import { LogView, type LogViewContext } from './log-view.ts';
import { isSameLogs, readShownLogs, type ShownLogs } from './shown-logs.ts';

const { l10n } = vscode;

/** The pages of logs: one in the panel, which goes where it is asked to, and editor tabs, each of which stays with what it was opened for. */
export class LogPanel implements vscode.Disposable {
  readonly #workbench: LogViewContext;
  readonly #tabs = new Map<vscode.WebviewPanel, { readonly view: LogView; readonly logs: ShownLogs }>();
  #panel: { readonly place: vscode.WebviewView; readonly view: LogView } | undefined;
  #logs: ShownLogs | undefined;

  constructor(workbench: LogViewContext) {
    this.#workbench = workbench;
  }

  /** Brings the panel to the front with these logs; the same logs go on as they are. */
  async show(logs: ShownLogs): Promise<void> {
    const isSame = isSameLogs(logs, this.#logs);
    this.#logs = logs;
    if (!isSame) this.#panel?.view.show(logs);
    await vscode.commands.executeCommand(`${Views.logs}.focus`);
  }

  /** The same in a panel that can be seen, which does not take the keyboard; one that is closed, or behind others, is left alone. */
  follow(logs: ShownLogs): void {
    if (this.#panel?.place.visible !== true || isSameLogs(logs, this.#logs)) return;
    this.#logs = logs;
    this.#panel.view.show(logs);
  }

  /** In an editor tab of their own, or the one that has them. */
  showInTab(logs: ShownLogs): void {
    const known = [...this.#tabs].find(([, tab]) => isSameLogs(tab.logs, logs));
    if (known !== undefined) {
      known[0].reveal();
      return;
    }
    const tab = vscode.window.createWebviewPanel(logTabs, tabTitle(logs), vscode.ViewColumn.Active, {
      retainContextWhenHidden: true,
    });
    this.#open(tab, logs);
  }

  /** VS Code has made the view in the panel. */
  resolve(place: vscode.WebviewView): void {
    const view = new LogView(
      this.#workbench,
      {
        webview: place.webview,
        name: (logs) => {
          this.#logs = logs;
          place.description = logs.title;
        },
        openInTab: (logs) => this.showInTab(logs),
      },
      this.#logs,
    );
    this.#panel = { place, view };
    place.onDidDispose(() => {
      view.dispose();
      if (this.#panel?.place === place) this.#panel = undefined;
    });
  }

  /** A tab that was open when the window was loaded anew. */
  restore(tab: vscode.WebviewPanel, state: unknown): void {
    const kept = typeof state === 'object' && state !== null && 'kept' in state ? state.kept : undefined;
    const logs = readShownLogs(kept);
    if (logs === undefined) tab.dispose();
    else this.#open(tab, logs);
  }

  dispose(): void {
    this.#panel?.view.dispose();
    for (const { view } of this.#tabs.values()) view.dispose();
  }

  #open(tab: vscode.WebviewPanel, logs: ShownLogs): void {
    const { extensionUri } = this.#workbench.context;
    tab.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'compose-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'compose-dark.svg'),
    };
    const view = new LogView(
      this.#workbench,
      {
        webview: tab.webview,
        name: (shown) => {
          tab.title = tabTitle(shown);
        },
      },
      logs,
    );
    this.#tabs.set(tab, { view, logs });
    tab.onDidDispose(() => {
      view.dispose();
      this.#tabs.delete(tab);
    });
  }
}

function tabTitle({ title }: ShownLogs): string {
  return l10n.t('Logs: {0}', title);
}

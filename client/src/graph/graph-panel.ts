import * as vscode from 'vscode';
import type { FromGraph } from '../../webview/graph/protocol.ts';
import { LogsCommands } from '../logs/logs-command-ids.ts';
import { webviewFolder, webviewPage } from '../panels/webview-page.ts';
import { type SelectContext, select } from '../stack/selection.ts';
import { StackCommands } from '../stack/stack-command-ids.ts';
import { TerminalCommands } from '../terminal/terminal-command-ids.ts';
import { agePeriod, type SinceContext } from '../tree/since.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import type { EnginesContext, ExtensionScope, StacksContext } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';
import { graphModel } from './graph-model.ts';
import { graphTexts } from './graph-texts.ts';

const { l10n } = vscode;

type GraphContext = EnginesContext & ExtensionScope & SinceContext & StacksContext;

/** Opens the picture of a stack, or brings it to the front. */
export async function showGraphCommand(
  workbench: SelectContext & GraphContext,
  args: readonly unknown[],
): Promise<void> {
  const [selection] = await select(workbench, args);
  if (selection !== undefined)
    workbench.once.of<GraphContext, GraphPanels>(GraphPanels, workbench).show(selection.stack);
}

/** The pictures that are open, one a stack. They are VS Code's, and close with it. */
class GraphPanels implements vscode.Disposable {
  readonly #workbench: GraphContext;
  readonly #open = new Map<string, vscode.WebviewPanel>();

  constructor(workbench: GraphContext) {
    this.#workbench = workbench;
  }

  show({ key, name }: Stack): void {
    const known = this.#open.get(key);
    if (known !== undefined) {
      known.reveal();
      return;
    }
    const { extensionUri } = this.#workbench.context;
    const title = l10n.t('{0}: graph', name);
    const panel = vscode.window.createWebviewPanel('composure.graph', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [webviewFolder(extensionUri)],
    });
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'compose-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'compose-dark.svg'),
    };
    this.#open.set(key, panel);
    const graph = new GraphPanel(this.#workbench, panel, key);
    panel.onDidDispose(() => {
      graph.dispose();
      this.#open.delete(key);
    });
    const texts = graphTexts();
    panel.webview.html = webviewPage(panel.webview, extensionUri, {
      name: 'graph',
      title,
      texts,
      drawsImages: true,
    });
  }

  dispose(): void {
    this.#open.clear();
  }
}

/** Keeps a picture as the stack is, while it is seen. */
class GraphPanel implements vscode.Disposable {
  readonly #workbench: EnginesContext & SinceContext & StacksContext;
  readonly #panel: vscode.WebviewPanel;
  readonly #key: string;
  readonly #disposables: vscode.Disposable[];
  readonly #ages: NodeJS.Timeout;
  #drawn = '';

  constructor(
    workbench: EnginesContext & SinceContext & StacksContext,
    panel: vscode.WebviewPanel,
    key: string,
  ) {
    this.#workbench = workbench;
    this.#panel = panel;
    this.#key = key;
    this.#ages = setInterval(() => this.#draw(), agePeriod);
    this.#disposables = [
      panel.webview.onDidReceiveMessage((message: FromGraph) => void this.#take(message)),
      panel.onDidChangeViewState(() => this.#draw()),
      workbench.stacks.onDidChange((keys) => {
        if (keys === undefined || keys.includes(key)) this.#draw();
      }),
    ];
  }

  dispose(): void {
    clearInterval(this.#ages);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #take(message: FromGraph): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#drawn = '';
        this.#draw();
        break;
      case 'open': {
        const row: TreeRow = { kind: 'service', id: 'graph', stack: this.#key, service: message.service };
        const commands = {
          file: StackCommands.openFile,
          logs: LogsCommands.logs,
          shell: TerminalCommands.shell,
          up: StackCommands.up,
          stop: StackCommands.stop,
          restart: StackCommands.restart,
        };
        await vscode.commands.executeCommand(commands[message.what], row);
        break;
      }
      case 'export':
        await this.#export(message);
    }
  }

  #draw(): void {
    const stack = this.#workbench.stacks.stack(this.#key);
    if (stack === undefined || !this.#panel.visible) return;
    const model = graphModel(stack, {
      t: l10n.t,
      since: this.#workbench.since,
      now: Date.now(),
    });
    const text = JSON.stringify(model);
    if (text === this.#drawn) return;
    this.#drawn = text;
    void this.#panel.webview.postMessage({ type: 'graph', model });
  }

  async #export({ svg, png, mermaid }: Extract<FromGraph, { type: 'export' }>): Promise<void> {
    const name = `${this.#workbench.stacks.stack(this.#key)?.name ?? 'compose'}.svg`;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const uri = await vscode.window.showSaveDialog({
      ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
      filters: { SVG: ['svg'], PNG: ['png'], Mermaid: ['mmd', 'mermaid'] },
    });
    if (uri === undefined) return;
    const content = /\.png$/i.test(uri.path)
      ? Buffer.from(png, 'base64')
      : Buffer.from(/\.(mmd|mermaid)$/i.test(uri.path) ? mermaid : svg);
    await vscode.workspace.fs.writeFile(uri, content);
  }
}

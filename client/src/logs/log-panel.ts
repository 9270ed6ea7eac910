import * as vscode from 'vscode';
import type { FromLogs, LogRange, ToLogs } from '../../webview/logs/protocol.ts';
import * as configuration from '../shared/configuration.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { LogsCommands } from './logs-command-ids.ts';
import { Views } from '../ids.ts';
import type { LogTarget } from '../terminal/log-terminals.ts';
import type { EnginesContext, ExtensionScope, StacksContext } from '../workspace/contexts.ts';
import { LogFeed } from './log-feed.ts';
import { endings, hostPaths, reachableUrl } from './log-places.ts';
import { followLogs, type LogStart } from './log-stream.ts';
import { logTexts } from './log-texts.ts';
import { webviewFolder, webviewPage } from '../panels/webview-page.ts';

const { l10n } = vscode;

/** The log panel: follows what was last asked for, also while it is hidden. */
export class LogPanel implements vscode.Disposable {
  readonly #workbench: EnginesContext & ExtensionScope & StacksContext;
  #view: vscode.WebviewView | undefined;
  #target: LogTarget | undefined;
  #feed: LogFeed | undefined;
  #following: AbortController | undefined;
  #isReady = false;
  #range: LogRange = 'tail';
  #saving: { readonly uri: vscode.Uri; readonly parts: string[] } | undefined;

  constructor(workbench: EnginesContext & ExtensionScope & StacksContext) {
    this.#workbench = workbench;
  }

  /** Brings the panel to the front with these logs; the same logs go on as they are. */
  async show(target: LogTarget): Promise<void> {
    const isSame =
      target.engine === this.#target?.engine &&
      JSON.stringify(target.selection) === JSON.stringify(this.#target?.selection);
    this.#target = target;
    if (!isSame) {
      this.#range = 'tail';
      this.#follow();
    }
    await vscode.commands.executeCommand(`${Views.logs}.focus`);
  }

  /** VS Code has made the view. */
  resolve(view: vscode.WebviewView): void {
    const { extensionUri } = this.#workbench.context;
    this.#view = view;
    this.#isReady = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    view.webview.onDidReceiveMessage((message: FromLogs) => void this.#take(message));
    view.onDidDispose(() => {
      this.#stop();
      this.#view = undefined;
      this.#isReady = false;
    });
    view.webview.html = webviewPage(view.webview, extensionUri, {
      name: 'logs',
      title: l10n.t('Log'),
      texts: logTexts(),
    });
  }

  dispose(): void {
    this.#stop();
  }

  async #take(message: FromLogs): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#follow();
        break;
      case 'acknowledge':
        this.#feed?.acknowledge();
        break;
      case 'openUrl': {
        const url = reachableUrl(message.url, this.#container(message.container)?.ports ?? []);
        await vscode.env.openExternal(vscode.Uri.parse(url));
        break;
      }
      case 'openFile':
        await this.#openFile(message);
        break;
      case 'range':
        this.#range = message.range;
        this.#follow();
        break;
      case 'choose':
        await vscode.commands.executeCommand(LogsCommands.chooseLogs);
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        break;
      case 'save':
        await this.#save();
        break;
      case 'part':
        await this.#savePart(message.text, message.last);
    }
  }

  #post(message: ToLogs): void {
    if (this.#isReady) void this.#view?.webview.postMessage(message);
  }

  #stop(): void {
    this.#following?.abort();
    this.#feed?.close();
    this.#feed = undefined;
  }

  #follow(): void {
    this.#stop();
    const target = this.#target;
    if (target === undefined || !this.#isReady) return;
    if (this.#view !== undefined) this.#view.description = target.title;
    const following = new AbortController();
    const feed = new LogFeed(target.selection.project, (batch) => this.#post({ type: 'lines', batch }));
    this.#following = following;
    this.#feed = feed;
    this.#post({
      type: 'show',
      title: target.title,
      services: target.services,
      timestamps: configuration.logsTimestamps(),
      range: this.#range,
    });
    const note = (text: string) => {
      if (!following.signal.aborted) this.#post({ type: 'note', text });
    };
    void followLogs(
      this.#workbench.engines.of(target),
      target.selection,
      startOf(this.#range),
      (lines) => feed.push(lines),
      note,
      following.signal,
    );
  }

  #container(id: string): ContainerSummary | undefined {
    return this.#workbench.stacks.stacks
      .flatMap(({ services }) => services.flatMap(({ containers }) => containers))
      .find((container) => container.id === id);
  }

  /** In the folder that is mounted there, else the file of the workspace whose path ends the same. */
  async #openFile({ path, line, column, container }: FromLogs & { type: 'openFile' }): Promise<void> {
    const uri = await this.#findFile(path, this.#container(container));
    if (uri === undefined) {
      void vscode.window.showInformationMessage(l10n.t('{0} is not a file of this workspace.', path));
      return;
    }
    const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
  }

  async #findFile(path: string, container: ContainerSummary | undefined): Promise<vscode.Uri | undefined> {
    for (const candidate of hostPaths(path, container?.mounts ?? [])) {
      const uri = vscode.Uri.file(candidate);
      if (await isFile(uri)) return uri;
    }
    for (const ending of endings(path)) {
      const pattern = `**/${ending.replaceAll(/[*?[\]{}]/g, '?')}`;
      const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', 2);
      if (found[0] !== undefined) return found[0];
    }
    return undefined;
  }

  async #save(): Promise<void> {
    const name = `${(this.#target?.title ?? 'compose').replaceAll(/[^\w.-]+/g, '-')}.log`;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const uri = await vscode.window.showSaveDialog({
      ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
      filters: { [l10n.t('Log')]: ['log', 'txt'] },
    });
    if (uri === undefined) return;
    this.#saving = { uri, parts: [] };
    this.#post({ type: 'collect' });
  }

  async #savePart(text: string, last: boolean): Promise<void> {
    const saving = this.#saving;
    if (saving === undefined) return;
    saving.parts.push(text);
    if (!last) return;
    this.#saving = undefined;
    await vscode.workspace.fs.writeFile(saving.uri, Buffer.from(saving.parts.join('')));
    vscode.window.setStatusBarMessage(l10n.t('Saved {0}', saving.uri.path.replace(/^.*\//, '')), 4000);
  }
}

const minute = 60_000;
const lengths = { '5m': 5 * minute, '1h': 60 * minute, '1d': 24 * 60 * minute } as const;

function startOf(range: LogRange): LogStart {
  if (range === 'tail') return { tail: configuration.logsTail() };
  return range === 'all' ? {} : { since: String((Date.now() - lengths[range]) / 1000) };
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}

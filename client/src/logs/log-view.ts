import * as vscode from 'vscode';
import type { FromLogs, LogRange, ToLogs } from '../../webview/logs/protocol.ts';
import { webviewFolder, webviewPage } from '../panels/webview-page.ts';
import * as configuration from '../shared/configuration.ts';
import type { EnginesContext, ExtensionScope, StacksContext } from '../workspace/contexts.ts';
import { HistoryMerge } from './history-merge.ts';
import { LogFeed } from './log-feed.ts';
import { LogNotes } from './log-notes.ts';
import { followLogs, type LogStart } from './log-stream.ts';
import { logTexts } from './log-texts.ts';
import { LogsCommands } from './logs-command-ids.ts';
import { openPlace, openReachable } from './open-link.ts';
import { SavedLines } from './saved-lines.ts';
import { readShownLogs, type ShownLogs } from './shown-logs.ts';

const { l10n } = vscode;

/** Where a page of logs is: in the panel, or an editor tab. */
export interface LogPlace {
  readonly webview: vscode.Webview;
  /** Says whose logs are shown. */
  readonly name: (logs: ShownLogs) => void;
  /** The same logs are wanted in a tab of their own; `undefined`: they are in one. */
  readonly openInTab?: (logs: ShownLogs) => void;
}

export type LogViewContext = EnginesContext & ExtensionScope & StacksContext;

/** A page of logs: follows what it was last told to, also while it is hidden; what it showed it shows again when the window was loaded anew. */
export class LogView implements vscode.Disposable {
  readonly #workbench: LogViewContext;
  readonly #place: LogPlace;
  readonly #saved: SavedLines;
  #logs: ShownLogs | undefined;
  #feed: LogFeed | undefined;
  #following: AbortController | undefined;
  #isReady = false;
  #range: LogRange = 'tail';

  constructor(workbench: LogViewContext, place: LogPlace, logs?: ShownLogs) {
    this.#workbench = workbench;
    this.#place = place;
    this.#logs = logs;
    this.#saved = new SavedLines((form) => this.#post({ type: 'collect', form }));
    const { webview } = place;
    const { extensionUri } = workbench.context;
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    webview.onDidReceiveMessage((message: FromLogs) => void this.#take(message));
    webview.html = webviewPage(webview, extensionUri, {
      name: 'logs',
      title: l10n.t('Log'),
      texts: logTexts(),
    });
  }

  /** Other logs from now on, from the last lines on. */
  show(logs: ShownLogs): void {
    this.#logs = logs;
    this.#range = 'tail';
    this.#follow();
  }

  dispose(): void {
    this.#stop();
    this.#isReady = false;
  }

  async #take(message: FromLogs): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#logs ??= readShownLogs(message.kept);
        this.#follow();
        break;
      case 'acknowledge':
        this.#feed?.acknowledge();
        break;
      case 'openUrl':
        await openReachable(this.#workbench, message);
        break;
      case 'openFile':
        await openPlace(this.#workbench, message);
        break;
      case 'range':
        this.#range = message.range;
        this.#follow();
        break;
      case 'choose':
        await vscode.commands.executeCommand(LogsCommands.chooseLogs);
        break;
      case 'openInTab':
        if (this.#logs !== undefined) this.#place.openInTab?.(this.#logs);
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        break;
      case 'save':
        await this.#saved.begin(this.#logs?.title);
        break;
      case 'part':
        await this.#saved.take(message.text, message.last);
    }
  }

  #post(message: ToLogs): void {
    if (this.#isReady) void this.#place.webview.postMessage(message);
  }

  #stop(): void {
    this.#following?.abort();
    this.#feed?.close();
    this.#feed = undefined;
  }

  #follow(): void {
    this.#stop();
    const logs = this.#logs;
    if (logs === undefined) return;
    this.#place.name(logs);
    if (!this.#isReady) return;
    const following = new AbortController();
    const feed = new LogFeed((batch) => this.#post({ type: 'lines', batch }));
    this.#following = following;
    this.#feed = feed;
    this.#post({
      type: 'show',
      title: logs.title,
      projects: logs.targets.map(({ selection, services }) => ({ name: selection.project, services })),
      timestamps: configuration.logsTimestamps(),
      range: this.#range,
      kept: logs,
      isPinned: this.#place.openInTab === undefined,
    });
    const projects = logs.targets.map(({ selection }) => selection.project);
    const notes = new LogNotes(projects, (text) => {
      if (!following.signal.aborted) this.#post({ type: 'note', text });
    });
    const merge = new HistoryMerge(projects.length, (lines, part) => feed.push(projects[part] ?? '', lines));
    const start = startOf(this.#range);
    for (const [part, target] of logs.targets.entries())
      void followLogs(this.#workbench.engines.of(target), target.selection, start, {
        push: (lines) => merge.push(lines, part),
        live: () => merge.live(part),
        note: (text) => notes.set(part, text),
        signal: following.signal,
      });
  }
}

const minute = 60_000;
const lengths = { '5m': 5 * minute, '1h': 60 * minute, '1d': 24 * 60 * minute } as const;

function startOf(range: LogRange): LogStart {
  if (range === 'tail') return { tail: configuration.logsTail() };
  return range === 'all' ? {} : { since: String((Date.now() - lengths[range]) / 1000) };
}

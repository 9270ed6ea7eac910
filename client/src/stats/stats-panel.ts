import * as vscode from 'vscode';
import type { FromStats, StatsSample, StatsTexts } from '../../webview/stats/protocol.ts';
import { Views } from '../ids.ts';
import { LogsCommands } from '../logs/logs-command-ids.ts';
import { webviewFolder, webviewPage } from '../panels/webview-page.ts';
import { StackCommands } from '../stack/stack-command-ids.ts';
import { TerminalCommands } from '../terminal/terminal-command-ids.ts';
import type { TreeRow } from '../tree/tree-row.ts';
import { UsageWatch } from '../tree/usage.ts';
import type { EnginesContext, ExtensionScope, StacksContext } from '../workspace/contexts.ts';
import { type Followed, followedIn, followedText, unknownText } from './followed.ts';

const { l10n } = vscode;

/** Containers that are followed at most: each is a connection to the engine of its own. */
const mostFollowed = 100;

/** As often as the engine takes samples, in ms. */
const period = 1000;

/** What containers use, live. The engine is asked while the panel is seen, and at no other time. */
export class StatsPanel implements vscode.Disposable {
  readonly #workbench: EnginesContext & ExtensionScope & StacksContext;
  readonly #usage: UsageWatch;
  readonly #changes: vscode.Disposable;
  #view: vscode.WebviewView | undefined;
  #isReady = false;
  #project = '';

  constructor(workbench: EnginesContext & ExtensionScope & StacksContext) {
    this.#workbench = workbench;
    this.#usage = new UsageWatch(
      (id) => workbench.engines.portHolding(id),
      () => this.#post(),
      { most: mostFollowed, period },
    );
    this.#changes = workbench.stacks.onDidChange(() => this.#follow());
  }

  /** Brings the panel to the front; an empty name stands for all projects. */
  async show(project: string): Promise<void> {
    this.#project = project;
    this.#follow();
    await vscode.commands.executeCommand(`${Views.stats}.focus`);
  }

  /** VS Code has made the view. */
  resolve(view: vscode.WebviewView): void {
    const { extensionUri } = this.#workbench.context;
    this.#view = view;
    this.#isReady = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    view.webview.onDidReceiveMessage((message: FromStats) => void this.#take(message));
    view.onDidChangeVisibility(() => this.#follow());
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#isReady = false;
      this.#follow();
    });
    view.webview.html = webviewPage(view.webview, extensionUri, {
      name: 'stats',
      title: l10n.t('Statistics'),
      texts: statsTexts(),
    });
  }

  dispose(): void {
    this.#changes.dispose();
    this.#usage.dispose();
  }

  async #take(message: FromStats): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#follow();
        break;
      case 'project':
        this.#project = message.project;
        this.#follow();
        break;
      case 'open': {
        const { what, stack, service, container } = message;
        const row: TreeRow =
          // Up is of a service, as its file declares it.
          container === undefined || what === 'up'
            ? { kind: 'service', id: 'stats', stack, service }
            : { kind: 'container', id: 'stats', stack, service, container };
        const commands = {
          up: StackCommands.up,
          stop: StackCommands.stop,
          restart: StackCommands.restart,
          logs: LogsCommands.logs,
          shell: TerminalCommands.shell,
        };
        await vscode.commands.executeCommand(commands[what], row);
      }
    }
  }

  /** Exactly what is seen: nothing while the panel is hidden. */
  #follow(): void {
    const seen = this.#view?.visible === true && this.#isReady;
    this.#usage.follow(seen ? this.#running().map(({ view }) => view.container.id) : []);
    if (seen) this.#post();
  }

  #running(): readonly Followed[] {
    return followedIn(this.#workbench.stacks.stacks, this.#project);
  }

  #post(): void {
    if (!this.#isReady || this.#view?.visible !== true) return;
    const running = this.#running();
    const projects = this.#workbench.stacks.stacks
      .filter(({ services }) => services.some(({ containers }) => containers.length > 0))
      .map(({ name }) => name);
    const unknown = unknownText(this.#workbench.stacks.stacks, this.#project, l10n.t);
    void this.#view.webview.postMessage({
      type: 'samples',
      samples: running.flatMap((each) => this.#sample(each) ?? []),
      projects: [...new Set([...projects, ...(this.#project === '' ? [] : [this.#project])])].sort(),
      project: this.#project,
      left: Math.max(0, running.length - mostFollowed),
      ...(unknown !== undefined && { unknown }),
    });
  }

  #sample(followed: Followed): StatsSample | undefined {
    const usage = this.#usage.of(followed.view.container.id);
    if (usage === undefined) return undefined;
    const { now, rates } = usage;
    return {
      ...followedText(followed, l10n.t),
      cpuPercent: now.cpuPercent,
      memory: now.memory,
      memoryLimit: now.memoryLimit,
      ...rates,
      processes: now.processes,
    };
  }
}

function statsTexts(): StatsTexts {
  return {
    title: l10n.t('Statistics'),
    project: l10n.t('Project'),
    allProjects: l10n.t('All projects'),
    byService: l10n.t('By service'),
    name: l10n.t('Name'),
    cpu: l10n.t('CPU'),
    memory: l10n.t('Memory'),
    network: l10n.t('Network'),
    disk: l10n.t('Disk'),
    processes: l10n.t('PIDs'),
    networkHint: l10n.t('Received and sent per second'),
    diskHint: l10n.t('Read and written per second'),
    read: l10n.t('R'),
    written: l10n.t('W'),
    actions: l10n.t('Actions'),
    total: l10n.t('Total'),
    containers: l10n.t('{0} containers'),
    left: l10n.t('Containers not shown: {0}. Choose a project to see them.'),
    none: l10n.t('Nothing is running.'),
    logs: l10n.t('Logs'),
    shell: l10n.t('Shell'),
    stop: l10n.t('Stop'),
    keys: l10n.t(
      'Arrow keys move from row to row, / filters by name, is:unhealthy, or project:shop, and Escape clears the filter. On a row: u Up, s Stop, r Restart, l Logs, e Shell.',
    ),
    keysButton: l10n.t('Keys'),
    filter: l10n.t('Filter'),
    noMatch: l10n.t('No containers match the filter.'),
  };
}

import * as vscode from 'vscode';
import type { EngineSession } from '../workspace/engine-session.ts';
import { isOff, type Stack, type StackService } from '../workspace/stacks.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { Commands } from '../ids.ts';
import { kindIcon, projectIcon, stateIcon } from './icons.ts';
import { containerText, projectText, type RowText, type RowView, serviceText } from './row-text.ts';
import { Since } from './since.ts';
import { type TreeRow, TreeRows } from './tree-row.ts';
import { tooltipOf } from './tooltip.ts';

const { l10n, TreeItemCollapsibleState } = vscode;

/** With more projects than this in the workspace, all begin collapsed. */
const mostExpanded = 8;

/** The tree as a projection of the stacks: project > service > container, then networks and volumes. Holds no state of its own. */
export class ComposeTree {
  readonly #model: StackModel;
  readonly #engine: EngineSession;
  readonly #rows = new TreeRows();
  readonly #since = new Since();

  constructor(model: StackModel, engine: EngineSession) {
    this.#model = model;
    this.#engine = engine;
  }

  /** The row of a stack, for telling VS Code that it changed. */
  rowOf(stack: string): TreeRow {
    return this.#rows.get({ kind: 'project', stack });
  }

  async getChildren(row?: TreeRow): Promise<TreeRow[]> {
    if (row === undefined) return this.#roots();
    if (row.kind === 'engine') return this.#tried();
    const stack = 'stack' in row ? this.#model.stack(row.stack) : undefined;
    if (stack === undefined) return [];
    switch (row.kind) {
      case 'project':
        return this.#inProject(stack);
      case 'service':
        return (stack.services.find(({ name }) => name === row.service)?.containers ?? []).map(({ id }) =>
          this.#rows.get({ kind: 'container', stack: row.stack, service: row.service, container: id }),
        );
      case 'networks':
        return (stack.runtime?.networks ?? []).map(({ name }) =>
          this.#rows.get({ kind: 'network', stack: row.stack, name }),
        );
      case 'volumes':
        return (stack.runtime?.volumes ?? []).map(({ name }) =>
          this.#rows.get({ kind: 'volume', stack: row.stack, name }),
        );
      default:
        return [];
    }
  }

  getParent(row: TreeRow): TreeRow | undefined {
    switch (row.kind) {
      case 'engine':
      case 'project':
        return undefined;
      case 'tried':
        return this.#rows.get({ kind: 'engine' });
      case 'service':
      case 'networks':
      case 'volumes':
        return this.#rows.get({ kind: 'project', stack: row.stack });
      case 'container':
        return this.#rows.get({ kind: 'service', stack: row.stack, service: row.service });
      case 'network':
        return this.#rows.get({ kind: 'networks', stack: row.stack });
      case 'volume':
        return this.#rows.get({ kind: 'volumes', stack: row.stack });
    }
  }

  getTreeItem(row: TreeRow): vscode.TreeItem {
    const item = this.#item(row);
    item.id = row.id;
    return item;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    row: TreeRow,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip = await tooltipOf(row, this.#model, this.#engine, token);
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  #roots(): TreeRow[] {
    const { stacks } = this.#model;
    const rows = stacks.map(({ key }) => this.#rows.get({ kind: 'project', stack: key }));
    if (rows.length === 0) return [];
    return this.#engine.snapshot.connection === 'disconnected'
      ? [this.#rows.get({ kind: 'engine' }), ...rows]
      : rows;
  }

  /** The lines of the error's message below its first, or that one. */
  #tried(): TreeRow[] {
    const [first = '', ...places] = this.#engine.snapshot.error?.message.split('\n') ?? [];
    return (places.length > 0 ? places : [first]).map((text) =>
      this.#rows.get({ kind: 'tried', text: text.trim() }),
    );
  }

  #inProject(stack: Stack): TreeRow[] {
    const rows = stack.services.map(({ name }) =>
      this.#rows.get({ kind: 'service', stack: stack.key, service: name }),
    );
    if ((stack.runtime?.networks.length ?? 0) > 0)
      rows.push(this.#rows.get({ kind: 'networks', stack: stack.key }));
    if ((stack.runtime?.volumes.length ?? 0) > 0)
      rows.push(this.#rows.get({ kind: 'volumes', stack: stack.key }));
    return rows;
  }

  #item(row: TreeRow): vscode.TreeItem {
    if (row.kind === 'engine') return this.#engineItem();
    if (row.kind === 'tried') return new vscode.TreeItem(row.text);
    const stack = this.#model.stack(row.stack);
    if (stack === undefined) return new vscode.TreeItem('');
    const view: RowView = {
      t: l10n.t,
      since: this.#since,
      now: Date.now(),
      connected: this.#engine.snapshot.connection === 'connected',
    };
    switch (row.kind) {
      case 'project':
        return this.#projectItem(stack, projectText(stack, view));
      case 'service': {
        const service = stack.services.find(({ name }) => name === row.service);
        if (service === undefined) return new vscode.TreeItem(row.service);
        return this.#serviceItem(service, serviceText(stack, service, view), row);
      }
      case 'container': {
        const container = stack.services
          .find(({ name }) => name === row.service)
          ?.containers.find(({ id }) => id === row.container);
        if (container === undefined) return new vscode.TreeItem('');
        const text = containerText(stack, container, view);
        return toItem(text, TreeItemCollapsibleState.None, stateIcon(text.state), l10n.t('container'));
      }
      case 'networks':
      case 'volumes':
        return this.#groupItem(row.kind, stack);
      case 'network':
      case 'volume':
        return this.#resourceItem(row.kind, row.name, stack);
    }
  }

  #engineItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(l10n.t('No Docker Engine'), TreeItemCollapsibleState.Collapsed);
    item.description = l10n.t('trying again');
    item.contextValue = 'engine';
    item.iconPath = kindIcon('engine');
    item.tooltip = this.#engine.snapshot.error?.message ?? '';
    return item;
  }

  #projectItem(stack: Stack, text: RowText): vscode.TreeItem {
    const collapsed =
      stack.declared === undefined ||
      this.#model.stacks.filter((each) => each.declared !== undefined).length > mostExpanded
        ? TreeItemCollapsibleState.Collapsed
        : TreeItemCollapsibleState.Expanded;
    return toItem(text, collapsed, projectIcon(text.state), l10n.t('project'));
  }

  #serviceItem(service: StackService, text: RowText, row: TreeRow): vscode.TreeItem {
    const collapsed =
      service.containers.length > 1
        ? TreeItemCollapsibleState.Expanded
        : service.containers.length === 1
          ? TreeItemCollapsibleState.Collapsed
          : TreeItemCollapsibleState.None;
    const kind = isOff(service) ? l10n.t('service, not enabled') : l10n.t('service');
    const item = toItem(text, collapsed, stateIcon(text.state), kind);
    if (service.declared !== undefined)
      item.command = { command: Commands.openFile, title: l10n.t('Open Compose File'), arguments: [row] };
    return item;
  }

  #groupItem(kind: 'networks' | 'volumes', stack: Stack): vscode.TreeItem {
    const item = new vscode.TreeItem(
      kind === 'networks' ? l10n.t('Networks') : l10n.t('Volumes'),
      TreeItemCollapsibleState.Collapsed,
    );
    item.description = String(
      (kind === 'networks' ? stack.runtime?.networks : stack.runtime?.volumes)?.length ?? 0,
    );
    item.iconPath = kindIcon(kind);
    item.contextValue = kind;
    return item;
  }

  #resourceItem(kind: 'network' | 'volume', name: string, stack: Stack): vscode.TreeItem {
    const list = kind === 'network' ? stack.runtime?.networks : stack.runtime?.volumes;
    const found = list?.find((each) => each.name === name);
    const prefix = `${stack.name}_`;
    const item = new vscode.TreeItem(name.startsWith(prefix) ? name.slice(prefix.length) : name);
    item.description = found?.driver === undefined || found.driver === 'local' ? '' : found.driver;
    item.tooltip = name;
    item.iconPath = kindIcon(kind);
    item.contextValue = kind;
    return item;
  }
}

function toItem(
  text: RowText,
  collapsible: vscode.TreeItemCollapsibleState,
  icon: vscode.ThemeIcon,
  kind: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(text.label, collapsible);
  item.description = text.description;
  item.iconPath = icon;
  item.contextValue = text.context;
  item.accessibilityInformation = {
    label: [kind, text.label, text.description].filter((part) => part !== '').join(', '),
  };
  return item;
}

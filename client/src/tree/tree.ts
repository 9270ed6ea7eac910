import * as vscode from 'vscode';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { ContainerView } from '#engine/observe/service-view.ts';
import type { FileAccess } from '../files/file-access.ts';
import { savedVolumes } from '../files/saved-volumes.ts';
import { FileRows } from '../files/file-rows.ts';
import { fromClick, StackCommands } from '../stack/stack-command-ids.ts';
import type { Rollouts } from '../kubernetes/rollouts.ts';
import type { SwarmWatch } from '../swarm/swarm-watch.ts';
import type { Engines } from '../workspace/engines.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { dimmedUri } from './dimmed-rows.ts';
import { kindIcon, noteIcon, projectIcon, stateIcon } from './icons.ts';
import { RowChanges } from './row-changes.ts';
import { lookOf } from './row-look.ts';
import type { RowLook, RowView } from './row-view.ts';
import { failureOf, seenEngines } from './seen-engines.ts';
import type { Since } from './since.ts';
import { tooltipOf } from './tooltip.ts';
import { type TreeRow, TreeRows } from './tree-row.ts';
import { type ShapeChoices, TreeShape, type TreeSource } from './tree-shape.ts';
import { type UsageWatch, usageText } from './usage.ts';

const { l10n } = vscode;

const openStates = {
  leaf: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** The tree as a projection of the stacks, for VS Code. Remembers only what it has shown. */
export class ComposeTree {
  readonly #model: StackModel;
  readonly #engines: Engines;
  readonly #since: Since;
  readonly #source: TreeSource;
  readonly #shape: TreeShape;
  readonly #changes: RowChanges<TreeRow>;

  readonly #usage: UsageWatch;
  readonly #isOlderImage: (reference: string) => boolean;
  readonly files: FileRows;

  constructor(
    model: StackModel,
    engines: Engines,
    since: Since,
    usage: UsageWatch,
    access: FileAccess,
    swarm: Pick<SwarmWatch, 'swarm'>,
    choices: ShapeChoices,
    isOlderImage: (reference: string) => boolean = () => false,
    rollouts?: Pick<Rollouts, 'of'>,
  ) {
    this.#isOlderImage = isOlderImage;
    this.#model = model;
    this.#engines = engines;
    this.#since = since;
    this.#usage = usage;
    this.#source = sourceOf(model, engines, swarm, choices, rollouts);
    const rows = new TreeRows();
    this.#shape = new TreeShape(this.#source, rows, l10n.t);
    this.files = new FileRows(access, rows, {
      nameOf: (row) => this.#containerOf(row)?.name,
      engineOf: (row) => ('stack' in row ? model.stack(row.stack)?.engine : undefined),
      snapshotsOf: (stack, volume) => savedVolumes(model.stack(stack), volume),
    });
    this.#changes = new RowChanges({
      look: (row) => {
        const look = this.#look(row);
        return look === undefined ? undefined : JSON.stringify(look);
      },
      children: (row) => this.#shape.children(row),
      parent: (row) => this.#shape.parent(row),
    });
  }

  /** The rows that look different from what was shown, of these stacks or of all; `undefined`: everything. */
  changed(stacks?: ReadonlySet<string>): readonly TreeRow[] | undefined {
    return this.#changes.changed(
      stacks === undefined
        ? undefined
        : (row) => row.kind === 'others' || ('stack' in row && stacks.has(row.stack)),
    );
  }

  /** The running containers of the rows that can be seen, given the rows that are collapsed. */
  containersInView(collapsed: ReadonlySet<string>): readonly string[] {
    const isHidden = (row: TreeRow): boolean => {
      const parent = this.#shape.parent(row);
      return parent !== undefined && (collapsed.has(parent.id) || isHidden(parent));
    };
    return this.#changes.rows().flatMap((row) => {
      if ((row.kind !== 'service' && row.kind !== 'container') || isHidden(row)) return [];
      const service = this.#model.stack(row.stack)?.services.find(({ name }) => name === row.service);
      if (row.kind === 'container' && this.#model.stack(row.stack)?.isOther !== true) return [];
      return (service?.view.containers ?? []).filter(isRunning).map(({ container }) => container.id);
    });
  }

  /** The row of a container's files. */
  filesOf(stack: string, service: string, container: string): TreeRow {
    return this.#shape.rows.get({ kind: 'files', stack, service, container });
  }

  async getChildren(row?: TreeRow): Promise<TreeRow[]> {
    if (row?.kind === 'container') return [this.filesOf(row.stack, row.service, row.container)];
    if (row !== undefined && this.files.placed(row) !== undefined)
      return [...(await this.files.children(row))];
    if (row?.kind === 'host') this.#engines.look(row.engine);
    const children = this.#shape.children(row);
    this.#changes.listed(row, children);
    return children;
  }

  getParent(row: TreeRow): TreeRow | undefined {
    return this.#shape.parent(row);
  }

  getTreeItem(row: TreeRow): vscode.TreeItem {
    this.#changes.drew(row);
    const look = this.#look(row);
    const item = look === undefined ? new vscode.TreeItem('') : toItem(look, row);
    item.id = row.id;
    return item;
  }

  /** What menus are told of the row. */
  contextOf(row: TreeRow): string {
    return this.#look(row)?.context ?? '';
  }

  labelOf(row: TreeRow): string {
    return this.#look(row)?.label ?? '';
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    row: TreeRow,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const tooltip = await tooltipOf(
      row,
      this.#model,
      this.#engines,
      token,
      this.#isOlderImage,
      this.#source.rollouts,
    );
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  #containerOf(row: TreeRow): ContainerSummary | undefined {
    if (!('container' in row)) return undefined;
    return this.#model
      .stack(row.stack)
      ?.services.find(({ name }) => name === row.service)
      ?.containers.find(({ id }) => id === row.container);
  }

  #look(row: TreeRow): RowLook | undefined {
    const view: RowView = {
      t: l10n.t,
      since: this.#since,
      now: Date.now(),
      isOlderImage: this.#isOlderImage,
      usage: (containers) =>
        usageText(
          containers.flatMap(({ id }) => this.#usage.of(id) ?? []),
          l10n.t,
        ),
      file: (file, canChange) => this.files.look(file, canChange, l10n.t),
    };
    return lookOf(row, this.#source, view);
  }
}

function isRunning({ container, state }: ContainerView): boolean {
  return container.state === 'running' && state !== 'unknown';
}

function sourceOf(
  model: StackModel,
  engines: Engines,
  watch: Pick<SwarmWatch, 'swarm'>,
  choices: ShapeChoices,
  rollouts: Pick<Rollouts, 'of'> | undefined,
): TreeSource {
  return {
    choices,
    ...(rollouts !== undefined && { rollouts }),
    get stacks() {
      return model.stacks;
    },
    get others() {
      return model.others;
    },
    stack: (key) => model.stack(key),
    get swarm() {
      return watch.swarm;
    },
    get failure() {
      return failureOf(engines.chosen.snapshot);
    },
    get engines() {
      return seenEngines(engines);
    },
  };
}

function toItem(look: RowLook, row: TreeRow): vscode.TreeItem {
  const item = new vscode.TreeItem(look.label, openStates[look.open]);
  item.description = [look.description, look.usage ?? ''].filter((part) => part !== '').join(' · ');
  item.contextValue = look.context;
  const { icon } = look;
  if (icon?.kind === 'project') item.iconPath = projectIcon(icon.state, icon.isBroken);
  else if (icon?.kind === 'state') item.iconPath = stateIcon(icon.state);
  else if (icon?.kind === 'thing') item.iconPath = kindIcon(icon.of);
  else if (icon?.kind === 'note') {
    const note = noteIcon(icon.severity);
    if (note !== undefined) item.iconPath = note;
  } else if (icon?.kind === 'file' || icon?.kind === 'folder') {
    item.resourceUri = vscode.Uri.parse(icon.uri);
    item.iconPath = icon.kind === 'folder' ? vscode.ThemeIcon.Folder : vscode.ThemeIcon.File;
  }
  if (look.isDimmed === true) item.resourceUri = dimmedUri(row.id);
  const said = [look.role, look.label, look.description].filter((part) => part !== '').join(', ');
  item.accessibilityInformation = { label: said };
  if (look.tooltip !== undefined) item.tooltip = look.tooltip;
  if (look.checked !== undefined)
    item.checkboxState = {
      state: look.checked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
      ...(look.tooltip !== undefined && { tooltip: look.tooltip }),
      accessibilityInformation: { label: said, role: 'checkbox' },
    };
  if (look.opensFile === true)
    item.command = {
      command: StackCommands.openFile,
      title: l10n.t('Open Compose File'),
      arguments: [row, fromClick],
    };
  if (look.runs !== undefined) item.command = { command: look.runs, title: look.label };
  if (look.opensUri !== undefined)
    item.command = {
      command: 'vscode.open',
      title: l10n.t('Open'),
      arguments: [vscode.Uri.parse(look.opensUri)],
    };
  return item;
}

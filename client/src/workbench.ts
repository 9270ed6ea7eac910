import * as vscode from 'vscode';
import { connect } from '#engine/connect/connect.ts';
import { OperationsUnderWay } from '#engine/observe/operations-under-way.ts';
import { EnvironmentChoices } from './environments/choices.ts';
import { toggleProfiles } from './environments/profiles.ts';
import { StatusBar } from './environments/status-bar.ts';
import { EngineFiles } from './files/engine-files.ts';
import { FileAccess } from './files/file-access.ts';
import { ContextKeys, Settings, Views } from './ids.ts';
import { tellChosenProjects } from './language/chosen-projects.ts';
import { tellEngineFacts } from './language/engine-facts.ts';
import { OlderImagesWatch } from './language/older-images-watch.ts';
import { ImageNews } from './language/image-news.ts';
import { hasModelRunner } from './remote/models-to-run.ts';
import { KeptUndos } from './kubernetes/kept-undos.ts';
import { Rollouts } from './kubernetes/rollouts.ts';
import { SelectionFollower } from './logs/selection-follower.ts';
import { Panels } from './panels/panels.ts';
import * as configuration from './shared/configuration.ts';
import { Once } from './shared/once.ts';
import { Log, outputChannel } from './shared/output.ts';
import { InterruptedUps } from './stack/interrupted-ups.ts';
import { SwarmWatch } from './swarm/swarm-watch.ts';
import { LogTerminals } from './terminal/log-terminals.ts';
import { badgeOf } from './tree/badge.ts';
import { dimmedRows } from './tree/dimmed-rows.ts';
import type { LazyTree } from './tree/lazy-tree.ts';
import { agePeriod, Since } from './tree/since.ts';
import { StateTimes } from './tree/state-times.ts';
import { ComposeTree } from './tree/tree.ts';
import { TreeChoices } from './tree/tree-choices.ts';
import type { TreeRow } from './tree/tree-row.ts';
import { UsageWatch } from './tree/usage.ts';
import { Forwards } from './workspace/forwards.ts';
import { connectOptions } from './workspace/engine-options.ts';
import type { EngineSession } from './workspace/engine-session.ts';
import { Engines } from './workspace/engines.ts';
import { ProblemReports } from './workspace/problem-reports.ts';
import { mostFiles, ProjectFiles } from './workspace/project-files.ts';
import { StackModel } from './workspace/stack-model.ts';

/**
 * What lives from the first use of the extension to its end: engines, files, the stores between them, and the tree. It knows no command;
 * commands and panels ask for as much of it as their context says.
 */
export class Workbench implements vscode.Disposable {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly environments: EnvironmentChoices;
  readonly files: ProjectFiles;
  readonly engines: Engines;
  /** Since when containers are in their state, as every view says it. */
  readonly since = new Since();
  readonly stacks: StackModel;
  readonly swarm: SwarmWatch;
  readonly choices: TreeChoices;
  readonly rollouts: Rollouts;
  readonly tree: ComposeTree;
  readonly problems = new ProblemReports();
  readonly operations = new OperationsUnderWay();
  readonly once = new Once();
  readonly logTerminals: LogTerminals;
  readonly panels: Panels;
  readonly fileAccess: FileAccess;
  /** The files of containers and volumes, as editors have them. */
  readonly containerFiles: EngineFiles;
  readonly #lazyTree: LazyTree;
  readonly #view: vscode.TreeView<TreeRow>;
  readonly #disposables: vscode.Disposable[];
  readonly #times: StateTimes;
  readonly #usage: UsageWatch;
  readonly #images = new ImageNews(
    () => this.engine.current,
    () => this.files.declared.map(({ loaded }) => loaded?.project),
    tellEngineFacts,
    hasModelRunner,
    () => this.#older.references,
  );
  /** Whether the engine's image is older than its registry's, as far as that is known. */
  readonly isOlderImage = (reference: string): boolean => this.#older.has(reference);
  readonly #older = new OlderImagesWatch({
    engine: () =>
      vscode.workspace.isTrusted && configuration.imagesRegistry() ? this.engine.current : undefined,
    projects: () => this.files.declared.map(({ loaded }) => loaded?.project),
    changed: () => {
      this.#redraw();
      void this.#images.tell();
    },
  });
  readonly #forwards: Forwards;
  /** Rows of the tree that are collapsed, by id. */
  readonly #collapsed = new Set<string>();
  #ages: NodeJS.Timeout | undefined;
  #files: Promise<void> = Promise.resolve();

  constructor(
    context: vscode.ExtensionContext,
    lazyTree: LazyTree,
    view: vscode.TreeView<TreeRow>,
    fileChanges: vscode.EventEmitter<vscode.FileChangeEvent[]>,
  ) {
    this.context = context;
    this.#lazyTree = lazyTree;
    this.#view = view;
    this.log = new Log(outputChannel(context));
    this.environments = new EnvironmentChoices(context.workspaceState);
    this.files = new ProjectFiles(this.log, this.environments, context.workspaceState);
    this.engines = new Engines(this.log, (name, signal) => connect(connectOptions(name), signal));
    this.stacks = new StackModel(this.files, this.engines, this.operations);
    this.#forwards = new Forwards(this.engines, () => {
      this.#redraw();
      this.stacks.touch();
    });
    this.fileAccess = new FileAccess(this.engines);
    this.containerFiles = new EngineFiles(this.fileAccess, this.engine, fileChanges);
    this.#usage = new UsageWatch(
      (id) => this.engines.portHolding(id),
      () => this.#redraw(),
    );
    this.swarm = new SwarmWatch(
      () => this.engine.current,
      () => this.#redraw(),
    );
    this.choices = new TreeChoices(context.workspaceState);
    this.rollouts = new Rollouts(new KeptUndos(context.workspaceState, context.secrets));
    void this.rollouts.restore();
    this.tree = new ComposeTree(
      this.stacks,
      this.engines,
      this.since,
      this.#usage,
      this.fileAccess,
      this.swarm,
      this.choices,
      this.isOlderImage,
      this.rollouts,
    );
    this.#times = new StateTimes(
      this.since,
      {
        inspect: async (id) => {
          const signal = AbortSignal.timeout(10_000);
          return (await this.engines.holding(id).engine(signal)).inspectContainer(id, signal);
        },
      },
      () => this.#redraw(),
    );
    this.logTerminals = new LogTerminals(this.engines);
    this.panels = new Panels(this);
    this.#disposables = [
      this.once,
      this.environments,
      this.files,
      this.engines,
      this.stacks,
      this.problems,
      this.swarm,
      this.choices,
      this.rollouts,
      this.logTerminals,
      this.panels,
      new SelectionFollower(view, this),
      new StatusBar(this.files, this.engines),
      new InterruptedUps(context.workspaceState, this.operations, this.stacks),
      vscode.window.registerFileDecorationProvider(dimmedRows),
      this.files.onDidChange(() => tellChosenProjects(context.workspaceState, this.files.declared)),
      this.files.onDidChange(() => void this.#images.filesChanged()),
      this.engine.onConnect(() => void this.#images.tell()),
      this.engine.onConnect(() => void this.#older.look()),
      this.files.onDidChange(() => void this.#older.filesChanged()),
      new vscode.Disposable(this.operations.onEnd(() => void this.#older.look())),
      this.#older,
      this.engine.onConnect(() => void this.swarm.look()),
      this.stacks.onDidChange((keys) => this.#show(keys)),
      this.#forwards,
      this.stacks.onDidChange(() => this.#follow()),
      vscode.workspace.onDidChangeConfiguration(() => this.#follow()),
      this.choices.onDidChange(() => this.#showChoices()),
      this.rollouts.onDidChange(() => this.#redraw()),
      view.onDidChangeVisibility(({ visible }) => this.#keepAges(visible)),
      this.#usage,
      view.onDidCollapseElement(({ element }) => {
        this.#collapsed.add(element.id);
        if (element.kind === 'host') this.engines.fold(element.engine);
        // Files are listed anew when they are looked at again.
        if (this.tree.files.isListed(element)) this.relist(element);
        this.#followUsage();
      }),
      view.onDidExpandElement(({ element }) => {
        this.#collapsed.delete(element.id);
        if (element.kind === 'host') this.engines.unfold(element.engine);
        this.#followUsage();
      }),
      view.onDidChangeCheckboxState(({ items }) => void toggleProfiles(this, items)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#start()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Settings.treeScope))
          setContext(ContextKeys.treeScope, configuration.treeScope());
        if (event.affectsConfiguration(Settings.treeStats)) {
          setContext(ContextKeys.treeStats, configuration.treeStats());
          this.#redraw();
        }
        if (event.affectsConfiguration(Settings.treeSort)) this.#showChoices();
        if (event.affectsConfiguration(Settings.logsFollowSelection))
          setContext(ContextKeys.logsFollowSelection, configuration.logsFollowSelection());
      }),
    ];
    setContext(ContextKeys.treeScope, configuration.treeScope());
    setContext(ContextKeys.treeStats, configuration.treeStats());
    setContext(ContextKeys.treeSort, this.choices.order);
    setContext(ContextKeys.logsFollowSelection, configuration.logsFollowSelection());
    this.#keepAges(view.visible);
    this.#start();
  }

  /** The engine that is chosen for the workspace. */
  get engine(): EngineSession {
    return this.engines.chosen;
  }

  /** Resolves when the workspace's files have been looked at for the first time. */
  async ready(): Promise<void> {
    await this.#files;
  }

  /** Shows a row of the tree, with what is below it. */
  async reveal(row: TreeRow): Promise<void> {
    await vscode.commands.executeCommand(`${Views.projects}.focus`);
    await this.#view.reveal(row, { select: true, focus: true, expand: true });
  }

  /** Lists the files below a row anew. */
  relist(row: TreeRow | undefined): void {
    // A snapshot is listed below its volume.
    const listed = row?.kind === 'snapshot' ? this.tree.getParent(row) : row;
    if (listed === undefined) return;
    this.tree.files.forget(listed);
    this.#lazyTree.refresh([listed]);
  }

  /** Files and engine, both anew. */
  async refresh(): Promise<void> {
    this.tree.files.forget();
    this.engines.refresh();
    await this.files.refresh();
  }

  dispose(): void {
    clearInterval(this.#ages);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #start(): void {
    if (!vscode.workspace.isTrusted) return;
    this.engine.start();
    this.#files = this.files.refresh();
  }

  #show(keys: readonly string[] | undefined): void {
    setContext(ContextKeys.engine, this.engine.snapshot.connection);
    setContext(ContextKeys.hasComposeFiles, this.files.references.length > 0);
    this.#view.badge = badgeOf(this.stacks.stacks, vscode.l10n.t);
    this.#view.message = this.#message();
    this.#redraw(keys === undefined ? undefined : new Set(keys));
  }

  /** Order, favourites or the filter are others. */
  #showChoices(): void {
    const { filter, order } = this.choices;
    setContext(ContextKeys.treeSort, order);
    setContext(ContextKeys.treeFiltered, filter !== undefined);
    this.#view.message = this.#message();
    this.#redraw();
  }

  /** Why something is not in the tree; empty: all of it is. */
  #message(): string {
    const { filter, filterText } = this.choices;
    if (filter !== undefined) return vscode.l10n.t('Filter: {0}', filterText);
    return this.files.isCut
      ? vscode.l10n.t(
          "This workspace has more than {0} Compose files. The rest aren't shown. To leave out folders, use the files.exclude setting.",
          mostFiles,
        )
      : '';
  }

  /** The rows that a command from the keyboard is for: all that are chosen, if the one with the focus is among them. */
  readonly chosenRows = (focused: TreeRow | undefined): readonly TreeRow[] => {
    const { selection } = this.#view;
    return focused === undefined || selection.some(({ id }) => id === focused.id) ? selection : [focused];
  };

  /** Only what looks different from what is shown. */
  #redraw(stacks?: ReadonlySet<string>): void {
    const rows = this.tree.changed(stacks);
    if (rows === undefined || rows.length > 0) this.#lazyTree.refresh(rows);
    if (this.#view.visible) void this.#times.learn();
    this.#followUsage();
  }

  /** Ports of engines over SSH, where that is wanted. */
  #follow(): void {
    const all = configuration.forwardPorts() ? [...this.stacks.stacks, ...this.stacks.others] : [];
    this.#forwards.follow(all);
  }

  /** Only of what can be seen, and only when it is wanted. */
  #followUsage(): void {
    const seen = this.#view.visible && configuration.treeStats();
    this.#usage.follow(seen ? this.tree.containersInView(this.#collapsed) : []);
  }

  #keepAges(visible: boolean): void {
    clearInterval(this.#ages);
    this.swarm.follow(visible);
    this.#followUsage();
    if (!visible) return;
    this.#redraw();
    this.#ages = setInterval(() => this.#redraw(), agePeriod);
  }
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

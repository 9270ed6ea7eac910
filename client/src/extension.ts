import * as vscode from 'vscode';
import { LazyFiles } from './files/lazy-files.ts';
import { Commands, composeLanguage, ignoredGlob, testGlob, toolNames, Views } from './ids.ts';
import type { Providers } from './providers.ts';
import type { TreeRow } from './tree/tree-row.ts';
import type { Workbench } from './workbench.ts';

/**
 * What VS Code loads first. It knows names only: the first use of a command or of the view loads what does the work, the first compose file
 * the language client. Nothing else may be imported here but types and constants.
 */
export function activate(context: vscode.ExtensionContext): void {
  let workbench: Promise<Workbench> | undefined;
  const load = (): Promise<Workbench> => {
    workbench ??= import('./main.ts').then(({ createWorkbench }) =>
      createWorkbench(context, tree, view, fileChanges),
    );
    return workbench;
  };

  const providers = async (): Promise<Providers> => {
    const [{ createProviders }, ready] = await Promise.all([import('./main.ts'), load()]);
    return createProviders(ready);
  };

  const fileChanges = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const files = new LazyFiles(async () => (await load()).containerFiles, fileChanges);
  const tree = new LazyTree(load);
  const view = vscode.window.createTreeView<TreeRow>(Views.projects, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    manageCheckboxStateManually: true,
    dragAndDropController: dropOnFiles(providers),
  });
  context.subscriptions.push(view, tree, files.register());
  for (const id of Object.values(Commands))
    context.subscriptions.push(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).run(id, args)),
    );
  registerProviders(context, providers);
  onceComposeFile(context, () => {
    void import('./language/language-client.ts').then(({ runLanguage }) => runLanguage(context));
    // The file shows what its services are doing.
    void load();
  });
  // The Test Explorer shows tests before any file is open.
  void vscode.workspace.findFiles(testGlob, ignoredGlob, 1).then(({ length }) => {
    if (length > 0) void load();
  });
}

/** What VS Code may ask for before anything of ours was used. */
function registerProviders(context: vscode.ExtensionContext, load: () => Promise<Providers>): void {
  context.subscriptions.push(
    vscode.tasks.registerTaskProvider('composure', {
      provideTasks: async () => (await load()).provideTasks(),
      resolveTask: async (task) => (await load()).resolveTask(task),
    }),
    vscode.window.registerTerminalProfileProvider('composure.shell', {
      provideTerminalProfile: async () => (await load()).shellProfile(),
    }),
    vscode.window.registerWebviewViewProvider(
      Views.logs,
      { resolveWebviewView: async (view) => (await load()).resolveLogs(view) },
      { webviewOptions: { retainContextWhenHidden: true } },
    ),
    vscode.window.registerWebviewViewProvider(Views.stats, {
      resolveWebviewView: async (view) => (await load()).resolveStats(view),
    }),
    ...toolNames.map((name) =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: async ({ input }) => (await load()).prepareTool(name, input),
        invoke: async ({ input }, token) => (await load()).invokeTool(name, input, token),
      }),
    ),
  );
}

/** Files that are dropped on a row of a container's or volume's files go there. */
function dropOnFiles(load: () => Promise<Providers>): vscode.TreeDragAndDropController<TreeRow> {
  const mime = 'text/uri-list';
  return {
    dragMimeTypes: [],
    dropMimeTypes: [mime],
    async handleDrop(row, data) {
      const text = await data.get(mime)?.asString();
      if (row === undefined || text === undefined) return;
      const uris = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
      await (await load()).dropFiles(
        row,
        uris.map((uri) => vscode.Uri.parse(uri)),
      );
    },
  };
}

/** Stands for the tree until it is looked at. */
export class LazyTree implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly #load: () => Promise<Workbench>;
  readonly #changed = new vscode.EventEmitter<readonly TreeRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event as vscode.Event<TreeRow[] | undefined>;

  constructor(load: () => Promise<Workbench>) {
    this.#load = load;
  }

  /** `undefined`: everything. */
  refresh(rows: readonly TreeRow[] | undefined): void {
    this.#changed.fire(rows);
  }

  async getChildren(row?: TreeRow): Promise<TreeRow[]> {
    return (await this.#load()).tree.getChildren(row);
  }

  async getTreeItem(row: TreeRow): Promise<vscode.TreeItem> {
    return (await this.#load()).tree.getTreeItem(row);
  }

  async getParent(row: TreeRow): Promise<TreeRow | undefined> {
    return (await this.#load()).tree.getParent(row);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    row: TreeRow,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    return (await this.#load()).tree.resolveTreeItem(item, row, token);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Calls back when the first compose file is open: now, or when that happens. */
function onceComposeFile(context: vscode.ExtensionContext, start: () => void): void {
  const isCompose = ({ languageId }: vscode.TextDocument) => languageId === composeLanguage;
  if (vscode.workspace.textDocuments.some(isCompose)) {
    start();
    return;
  }
  const waiting = vscode.workspace.onDidOpenTextDocument((document) => {
    if (!isCompose(document)) return;
    waiting.dispose();
    start();
  });
  context.subscriptions.push(waiting);
}

import * as vscode from 'vscode';
import { LazyFiles } from './files/lazy-files.ts';
import {
  Commands,
  composeGlob,
  composeLanguage,
  debugType,
  ignoredGlob,
  logTabs,
  mcpServers,
  testGlob,
  toolNames,
  Views,
} from './ids.ts';
import type { Providers } from './providers.ts';
import { LazyTree } from './tree/lazy-tree.ts';
import type { TreeRow } from './tree/tree-row.ts';

/**
 * What VS Code loads first. It knows names only: the first use of a command or of the view loads what does the work, the first compose file
 * the language client. Nothing else may be imported here but types and constants.
 */
export function activate(context: vscode.ExtensionContext): void {
  let loaded: Promise<Providers> | undefined;
  const load = (): Promise<Providers> => {
    loaded ??= import('./main.ts').then(({ start }) => start(context, tree, view, fileChanges));
    return loaded;
  };

  const fileChanges = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const files = new LazyFiles(async () => (await load()).containerFiles, fileChanges);
  const tree = new LazyTree(async () => (await load()).tree);
  const view = vscode.window.createTreeView<TreeRow>(Views.projects, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    manageCheckboxStateManually: true,
    dragAndDropController: dropOnFiles(load),
  });
  context.subscriptions.push(view, tree, files.register());
  for (const id of Object.values(Commands))
    context.subscriptions.push(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).runCommand(id, args)),
    );
  registerProviders(context, load);
  let isStarted = false;
  const runLanguage = () => {
    if (!isStarted)
      void import('./language/language-client.ts').then((language) => language.runLanguage(context));
    isStarted = true;
  };
  // The Problems view is complete before any file is open.
  void vscode.workspace.findFiles(composeGlob, ignoredGlob, 1).then(({ length }) => {
    if (length > 0) runLanguage();
  });
  onceComposeFile(context, () => {
    runLanguage();
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
    vscode.debug.registerDebugConfigurationProvider(debugType, {
      resolveDebugConfiguration: async (_folder, configuration, token) =>
        (await load()).resolveDebug(configuration, token),
    }),
    vscode.debug.registerDebugConfigurationProvider(
      debugType,
      { provideDebugConfigurations: async () => (await load()).provideDebug() },
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.window.registerTerminalProfileProvider('composure.shell', {
      provideTerminalProfile: async () => (await load()).shellProfile(),
    }),
    vscode.window.registerWebviewViewProvider(
      Views.logs,
      { resolveWebviewView: async (view) => (await load()).resolveLogs(view) },
      { webviewOptions: { retainContextWhenHidden: true } },
    ),
    vscode.window.registerWebviewPanelSerializer(logTabs, {
      deserializeWebviewPanel: async (tab, state) => (await load()).restoreLogs(tab, state),
    }),
    vscode.window.registerWebviewViewProvider(Views.stats, {
      resolveWebviewView: async (view) => (await load()).resolveStats(view),
    }),
    vscode.lm.registerMcpServerDefinitionProvider(mcpServers, {
      provideMcpServerDefinitions: () => mcpServer(context),
    }),
    ...toolNames.map((name) =>
      vscode.lm.registerTool<object>(name, {
        prepareInvocation: async ({ input }) => (await load()).prepareTool(name, input),
        invoke: async ({ input }, token) => (await load()).invokeTool(name, input, token),
      }),
    ),
  );
}

/**
 * The server for agents on the first folder, for its resources and prompts: the tools are those of VS Code itself, which know the window's projects. None
 * in an untrusted folder.
 */
function mcpServer(context: vscode.ExtensionContext): vscode.McpServerDefinition[] {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder?.uri.scheme !== 'file' || !vscode.workspace.isTrusted) return [];
  const program = context.asAbsolutePath('dist/mcp.mjs');
  const version = String(context.extension.packageJSON.version);
  const server = new vscode.McpStdioServerDefinition(
    'Composure',
    process.execPath,
    [program, '--no-tools'],
    // The process is VS Code's own where there is no other Node.
    { ELECTRON_RUN_AS_NODE: '1' },
    version,
  );
  server.cwd = folder.uri;
  return [server];
}

/** Files that are dropped on a row of a container's or volume's files go there. */
function dropOnFiles(load: () => Promise<Providers>): vscode.TreeDragAndDropController<TreeRow> {
  const mime = 'text/uri-list';
  return {
    dragMimeTypes: [],
    dropMimeTypes: [mime],
    async handleDrop(row, data) {
      await (await load()).dropFiles(row, await data.get(mime)?.asString());
    },
  };
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

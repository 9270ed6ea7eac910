import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { clientAbilities } from './client-abilities.ts';
import type { FeatureContext } from './context.ts';
import { pathOf } from './to-lsp/uri.ts';
import { features } from './features/features.ts';
import { workspaceReport } from './features/workspace-diagnostics.ts';
import type { ServerHost } from './host.ts';
import { late } from './load-late.ts';
import {
  EngineFacts,
  type EngineFactsParams,
  type InitializationOptions,
  SetProjects,
  type SetProjectsParams,
  type Settings,
} from './protocol.ts';
import { Tags } from './registry/tags.ts';
import { defaultSettings, readSettings } from './settings.ts';
import { Background } from './workspace/background.ts';
import { Diagnoser } from './workspace/diagnoser.ts';
import { ProjectConfigs } from './workspace/project-configs.ts';
import { Projects } from './workspace/projects.ts';
import { Settling } from './workspace/settling.ts';
import { Workspace } from './workspace/workspace.ts';
import { yamlService } from './yaml/service.ts';
import { englishCatalogue, loadWords } from './words/words.ts';

/**
 * The language server on a connection: in a process of its own, or in a test's. Knows the outside world through `host` only.
 * The caller starts the connection.
 */
export function createServer(connection: Connection, host: ServerHost): void {
  const log = connection.console;
  const workspace = new Workspace(host);
  const projects = new Projects(workspace, host, log);
  const settling = new Settling(workspace, projects, log);
  const context: Mutable<FeatureContext> = {
    connection,
    log,
    workspace,
    projects,
    settling,
    diagnoser: new Diagnoser(workspace, projects, settling),
    configs: new ProjectConfigs(workspace, log),
    yaml: yamlService(),
    client: clientAbilities({}),
    settings: defaultSettings,
    diagnosticsPage: host.diagnosticsPage,
    words: englishCatalogue,
    localImages: [],
    olderImages: new Set(),
    imageHealthChecks: new Map(),
    hasModelRunner: undefined,
    tags: undefined,
  };

  const capabilities: ServerCapabilities = {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  const background = new Background(workspace, projects, workspaceReport(context), log);
  let mayLookAround = true;
  const lookAround = () =>
    background.want(mayLookAround && workspace.watching && context.settings.diagnostics.workspace);
  connection.onShutdown(() => background.stop());
  for (const register of features) Object.assign(capabilities, register(context));

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const options = asOptions(params);
    context.words = await loadWords(params.locale);
    context.client = clientAbilities(params.capabilities);
    if (options.settings !== undefined) context.settings = readSettings(options.settings);
    if (options.diagnosticsPage !== undefined) context.diagnosticsPage = options.diagnosticsPage;
    else if (context.words.language === 'fr')
      context.diagnosticsPage = new URL('fr/diagnostics.md', host.diagnosticsPage).href;
    workspace.folders = foldersOf(params);
    workspace.watching = context.client.watchFiles;
    workspace.trusted = options.trusted !== false;
    mayLookAround = options.workspaceDiagnostics !== false;
    storage = options.storage;
    updateTags();
    return { capabilities, serverInfo: { name: 'Composure' } };
  });

  connection.onInitialized(async () => {
    try {
      if (context.client.watchFiles) {
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [
            { globPattern: '**/*.{yml,yaml,env}' },
            { globPattern: '**/{.env*,*Dockerfile*,.dclintrc*,.composurerc*}' },
          ],
        });
      }
      if (context.client.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
          const kept = workspace.folders.filter((folder) => !gone.has(folder));
          workspace.folders = [...kept, ...added.map(({ uri }) => pathOf(uri))];
          background.all();
        });
      }
      if (context.client.configuration) {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'composure' });
        await readConfiguration();
      }
    } catch (error) {
      log.warn(`The client did not accept a registration: ${String(error)}`);
    }
    lookAround();
    isReady = true;
    void late();
  });

  let isReady = false;
  let storage: string | undefined;
  const updateTags = () => {
    const wanted = workspace.trusted && context.settings.images.registry;
    const { fetch, now, storeIn } = host;
    if (!wanted || fetch === undefined) {
      context.tags?.stop();
      context.tags = undefined;
    } else if (context.tags === undefined) {
      const store = storage === undefined ? undefined : storeIn?.(storage);
      const onNews = () => context.diagnoser.refresh();
      context.tags = new Tags({ fetch, now, onNews, ...(store === undefined ? {} : { store }) });
    }
  };

  const readConfiguration = async () => {
    const value: unknown = await connection.workspace.getConfiguration('composure');
    apply(readSettings(value));
  };
  const apply = (settings: Settings) => {
    const before = JSON.stringify(context.settings);
    context.settings = settings;
    updateTags();
    if (JSON.stringify(settings) === before) return;
    context.diagnoser.refresh();
    if (!isReady) return;
    lookAround();
    background.all();
  };
  connection.onDidChangeConfiguration(async (change) => {
    if (context.client.configuration) await readConfiguration();
    else {
      const sent: unknown = change.settings;
      const section =
        typeof sent === 'object' && sent !== null && 'composure' in sent ? sent.composure : sent;
      apply(readSettings(section));
    }
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) =>
    workspace.didOpen(uri, languageId, version, text),
  );
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
    workspace.didChange(textDocument.uri, textDocument.version, contentChanges),
  );
  connection.onDidCloseTextDocument(({ textDocument }) => workspace.didClose(textDocument.uri));
  connection.onDidChangeWatchedFiles(({ changes }) =>
    workspace.didChangeOnDisk(changes.map((change) => pathOf(change.uri))),
  );
  connection.onNotification(SetProjects, (params: SetProjectsParams) => {
    projects.choose(params.projects);
    context.diagnoser.refresh();
    background.all();
  });
  connection.onNotification(EngineFacts, (params: EngineFactsParams) => {
    context.localImages = params.images;
    const { healthChecks, modelRunner = context.hasModelRunner } = params;
    const known = context.imageHealthChecks;
    const told = healthChecks === undefined ? [...known] : Object.entries(healthChecks);
    const isSame = told.length === known.size && told.every(([image, has]) => known.get(image) === has);
    const older = new Set(params.older);
    const { olderImages } = context;
    const isAsOld = older.size === olderImages.size && [...older].every((each) => olderImages.has(each));
    if (isSame && isAsOld && modelRunner === context.hasModelRunner) return;
    context.olderImages = older;
    context.imageHealthChecks = new Map(told);
    context.hasModelRunner = modelRunner;
    context.diagnoser.refresh();
  });
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function asOptions(params: InitializeParams): InitializationOptions {
  const options: unknown = params.initializationOptions;
  return typeof options === 'object' && options !== null ? options : {};
}

function foldersOf(params: InitializeParams): string[] {
  const { workspaceFolders, rootUri } = params;
  // Some clients still know one folder only.
  const folders = workspaceFolders ?? (rootUri === null ? [] : [{ uri: rootUri }]);
  return folders.map((folder) => pathOf(folder.uri));
}

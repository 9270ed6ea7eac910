import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { english } from '../translate.ts';
import { person, type Shown } from './person.ts';
import { type Diagnostic, Disposable, EventEmitter, FileType, type Task, Uri } from './vscode-values.ts';

// What unit tests have instead of `vscode` (see `vitest.config.ts`): the few functions that commands and panels call, in memory, with a person that a
// test tells what to answer. It decides nothing: what is real about VS Code is tested in VS Code.

// biome-ignore lint/performance/noBarrelFile: it stands for one module
export * from './vscode-values.ts';

/** Settings, folders, documents and tabs: set by tests. */
export const state = {
  settings: new Map<string, unknown>(),
  isTrusted: true,
  folders: undefined as readonly { readonly uri: Uri; readonly name: string }[] | undefined,
  documents: [] as TextDocument[],
  activeEditor: undefined as { readonly document: TextDocument } | undefined,
  tabs: [] as { readonly input: unknown }[],
  /** What a search finds, by paths. */
  found: [] as string[],
  diagnostics: new Map<string, readonly Diagnostic[]>(),
  /** Those of other extensions and of the language server. */
  foreignDiagnostics: new Map<string, readonly Diagnostic[]>(),
  providers: new Map<string, { provideTextDocumentContent(uri: Uri): Promise<string> | string }>(),
  fileProviders: new Map<string, unknown>(),
  linkProviders: [] as { provideDocumentLinks(document: unknown): unknown }[],
  panels: [] as Panel[],
  /** The exit status that a task ends with. */
  taskEnds: ((_task: Task) => 0) as (task: Task) => number | undefined,
  hovers: new Map<string, { provideHover(document: unknown, position: unknown): unknown }>(),
  /** What was to be debugged. */
  debugged: [] as Readonly<Record<string, unknown>>[],
  trackers: [] as { createDebugAdapterTracker(session: unknown): unknown }[],
  /** Items of the status bar that are shown. */
  bar: new Set<{ readonly text: string }>(),
};

export interface TextDocument {
  readonly uri: Uri;
  readonly languageId: string;
  readonly isDirty: boolean;
  save(): Promise<boolean>;
  getText(): string;
}

/** A page, as a test sees it: what it was sent, and how it speaks. */
export class Panel {
  readonly title: string;
  readonly posted: unknown[] = [];
  readonly received = new EventEmitter<unknown>();
  readonly closed = new EventEmitter<void>();
  readonly viewState = new EventEmitter<void>();
  readonly onDidDispose = this.closed.event;
  readonly onDidChangeViewState = this.viewState.event;
  readonly onDidChangeVisibility = this.viewState.event;
  visible = true;
  description: string | undefined;
  iconPath: unknown;
  revealed = 0;
  readonly webview = {
    html: '',
    options: {},
    cspSource: 'https://page',
    onDidReceiveMessage: this.received.event,
    asWebviewUri: (uri: Uri) => uri,
    postMessage: async (message: unknown) => {
      this.posted.push(message);
      return true;
    },
  };

  constructor(title: string) {
    this.title = title;
  }

  dispose(): void {
    this.closed.fire();
  }

  reveal(): void {
    this.revealed++;
  }
}

export const happenings = {
  configuration: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
  saved: new EventEmitter<TextDocument>(),
  edited: new EventEmitter<{ readonly document: TextDocument; readonly contentChanges: readonly object[] }>(),
  tabs: new EventEmitter<{
    readonly opened: readonly { readonly input: unknown }[];
    readonly closed: readonly { readonly input: unknown }[];
  }>(),
  diagnostics: new EventEmitter<{ readonly uris: readonly Uri[] }>(),
  folders: new EventEmitter<void>(),
  file: new EventEmitter<Uri>(),
  taskEnded: new EventEmitter<{
    readonly execution: { readonly task: Task };
    readonly exitCode: number | undefined;
  }>(),
  terminalClosed: new EventEmitter<unknown>(),
  trusted: new EventEmitter<void>(),
  debugStarted: new EventEmitter<unknown>(),
  debugEnded: new EventEmitter<unknown>(),
};

/** Everything as in a window that was just opened. */
export function reset(): void {
  person.forget();
  Object.assign(state, {
    settings: new Map(),
    isTrusted: true,
    folders: undefined,
    documents: [],
    activeEditor: undefined,
    tabs: [],
    found: [],
    diagnostics: new Map(),
    foreignDiagnostics: new Map(),
    providers: new Map(),
    fileProviders: new Map(),
    linkProviders: [],
    panels: [],
    taskEnds: () => 0,
    hovers: new Map(),
    debugged: [],
    trackers: [],
  });
  for (const each of Object.values(happenings)) each.dispose();
}

export const l10n = { t: english };
export const env = {
  language: 'en',
  clipboard: {
    writeText: async (text: string) => {
      person.clipboard = text;
    },
  },
  openExternal: async (uri: Uri) => {
    person.opened.push(uri.toString());
    return true;
  },
};

export const commands = {
  executeCommand: async (id: string, ...args: readonly unknown[]) => {
    person.commands.push({ id, args });
  },
  registerCommand: () => new Disposable(() => {}),
};

type MessageOptions = { readonly modal?: boolean; readonly detail?: string };

function message(kind: Shown['kind']) {
  return (text: string, ...rest: readonly (string | MessageOptions)[]) => {
    const options = rest.find((each) => typeof each === 'object');
    const choices = rest.filter((each) => typeof each === 'string');
    return person.ask({ kind, text, choices, detail: options?.detail, options });
  };
}

interface PickItem {
  readonly label: string;
}

async function showQuickPick<T extends PickItem | string>(
  items: readonly T[] | Promise<readonly T[]>,
  options: { readonly title?: string; readonly placeHolder?: string; readonly canPickMany?: boolean } = {},
): Promise<T | readonly T[] | undefined> {
  const all = await items;
  const labelOf = (item: T) => (typeof item === 'string' ? item : item.label);
  const text = options.title ?? options.placeHolder ?? '';
  const many = options.canPickMany === true;
  const answer = await person.ask({
    kind: 'pick',
    text,
    ...(!many && { choices: all.map(labelOf) }),
    options: all,
  });
  if (answer === undefined) return undefined;
  // Several are told by their labels, one a line.
  const chosen = answer.split('\n');
  return many
    ? all.filter((item) => chosen.includes(labelOf(item)))
    : all.find((item) => labelOf(item) === answer);
}

async function withProgress<T>(
  options: { readonly location: unknown; readonly title?: string },
  work: (
    progress: { report(value: { readonly message?: string }): void },
    token: { onCancellationRequested(listener: () => void): Disposable },
  ) => Promise<T>,
): Promise<T> {
  const cancel = new EventEmitter<void>();
  if (options.title !== undefined)
    person.shown.push({ kind: 'progress', text: options.title, options: () => cancel.fire() });
  return work({ report: () => {} }, { onCancellationRequested: (listener) => cancel.event(listener) });
}

export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 } as const;

interface InputBoxValidationMessage {
  readonly message: string;
  readonly severity: number;
}

export const window = {
  state: { focused: true },
  showErrorMessage: message('error'),
  showWarningMessage: message('warning'),
  showInformationMessage: message('information'),
  showQuickPick,
  showInputBox: async (options: {
    readonly title?: string;
    readonly prompt?: string;
    readonly value?: string;
    validateInput?(text: string): unknown;
  }) => {
    const text = await person.ask({ kind: 'input', text: options.prompt ?? options.title ?? '', options });
    if (text === undefined) return undefined;
    const reason = await options.validateInput?.(text);
    if (reason === undefined || reason === null || reason === '') return text;
    const said = typeof reason === 'object' ? (reason as InputBoxValidationMessage) : undefined;
    if (said !== undefined && said.severity !== InputBoxValidationSeverity.Error) {
      person.shown.push({ kind: 'warning', text: said.message });
      return text;
    }
    person.shown.push({ kind: 'error', text: said?.message ?? String(reason) });
    return undefined;
  },
  showWorkspaceFolderPick: async () => {
    const answer = await person.ask({
      kind: 'pick',
      text: 'folder',
      choices: state.folders?.map(({ name }) => name) ?? [],
    });
    return state.folders?.find(({ name }) => name === answer);
  },
  showTextDocument: async (at: Uri | TextDocument, options?: unknown) => {
    const uri = at instanceof Uri ? at : at.uri;
    person.shown.push({ kind: 'document', text: uri.toString(), options });
  },
  showSaveDialog: async (options: { readonly defaultUri?: Uri }) => {
    const answer = await person.ask({ kind: 'save', text: options.defaultUri?.path ?? '' });
    return answer === undefined ? undefined : Uri.file(answer);
  },
  showOpenDialog: async (options: { readonly title?: string }) => {
    const answer = await person.ask({ kind: 'open', text: options.title ?? '', options });
    return answer?.split('\n').map((path) => Uri.file(path));
  },
  createStatusBarItem: () => {
    const item = {
      text: '',
      show: () => state.bar.add(item),
      hide: () => state.bar.delete(item),
      dispose: () => state.bar.delete(item),
    };
    return item;
  },
  setStatusBarMessage: (text: string) => {
    person.shown.push({ kind: 'status', text });
    return new Disposable(() => {});
  },
  withProgress,
  createTerminal: (options: { readonly name: string }) => {
    person.shown.push({ kind: 'terminal', text: options.name, options });
    return { name: options.name, exitStatus: undefined, show: () => {}, dispose: () => {} };
  },
  createWebviewPanel: (_type: string, title: string) => {
    const panel = new Panel(title);
    state.panels.push(panel);
    return panel;
  },
  onDidCloseTerminal: happenings.terminalClosed.event,
  onDidChangeVisibleTextEditors: () => new Disposable(() => {}),
  get activeTextEditor() {
    return state.activeEditor;
  },
  tabGroups: {
    get all() {
      return [{ tabs: state.tabs }];
    },
    onDidChangeTabs: happenings.tabs.event,
    close: async (closed: readonly { readonly input: unknown }[]) => {
      state.tabs = state.tabs.filter((tab) => !closed.includes(tab));
    },
  },
};

export const languages = {
  getDiagnostics: (uri: Uri) => [
    ...(state.diagnostics.get(uri.toString()) ?? []),
    ...(state.foreignDiagnostics.get(uri.toString()) ?? []),
  ],
  onDidChangeDiagnostics: happenings.diagnostics.event,
  createDiagnosticCollection: () => ({
    get: (uri: Uri) => state.diagnostics.get(uri.toString()),
    set: (uri: Uri, list: readonly Diagnostic[]) => state.diagnostics.set(uri.toString(), list),
    delete: (uri: Uri) => state.diagnostics.delete(uri.toString()),
    clear: () => state.diagnostics.clear(),
    dispose: () => state.diagnostics.clear(),
  }),
  registerHoverProvider: (
    { scheme }: { readonly scheme: string },
    provider: { provideHover(document: unknown, position: unknown): unknown },
  ) => {
    state.hovers.set(scheme, provider);
    return new Disposable(() => state.hovers.delete(scheme));
  },
  registerDefinitionProvider: () => new Disposable(() => {}),
  registerCodeLensProvider: () => new Disposable(() => {}),
  registerDocumentLinkProvider: (
    _selector: unknown,
    provider: { provideDocumentLinks(document: unknown): unknown },
  ) => {
    state.linkProviders.push(provider);
    return new Disposable(() => {});
  },
  setTextDocumentLanguage: async (document: TextDocument) => document,
};

/** Debuggers come with VS Code. */
export const extensions = { all: [] };

/** Tasks are over as soon as they are started, and VS Code tells of that before it hands over what it started. */
export const debug = {
  startDebugging: async (_folder: unknown, configuration: Readonly<Record<string, unknown>>) => {
    state.debugged.push(configuration);
    return true;
  },
  onDidStartDebugSession: happenings.debugStarted.event,
  onDidTerminateDebugSession: happenings.debugEnded.event,
  registerDebugAdapterTrackerFactory: (_type: string, factory: (typeof state.trackers)[number]) => {
    state.trackers.push(factory);
    return new Disposable(() => {});
  },
};

export const tasks = {
  executeTask: async (task: Task) => {
    person.shown.push({ kind: 'task', text: task.name, options: task });
    happenings.taskEnded.fire({ execution: { task }, exitCode: state.taskEnds(task) });
    return { task };
  },
  onDidEndTaskProcess: happenings.taskEnded.event,
};

export const workspace = {
  getWorkspaceFolder: ({ fsPath }: Uri) =>
    state.folders?.find(({ uri }) => fsPath.startsWith(`${uri.fsPath}/`)),
  get isTrusted() {
    return state.isTrusted;
  },
  get workspaceFolders() {
    return state.folders;
  },
  get textDocuments() {
    return state.documents;
  },
  getConfiguration: () => ({
    get: (setting: string, fallback: unknown) => state.settings.get(setting) ?? fallback,
    update: async (setting: string, value: unknown) => {
      if (value === undefined) state.settings.delete(setting);
      else state.settings.set(setting, value);
      happenings.configuration.fire({ affectsConfiguration: (section) => setting.startsWith(section) });
    },
  }),
  findFiles: async () => state.found.map((path) => Uri.file(path)),
  asRelativePath: (at: Uri | string) => {
    const path = typeof at === 'string' ? at : at.path;
    const folder = state.folders?.find(({ uri }) => path.startsWith(`${uri.path}/`));
    return folder === undefined ? path : path.slice(folder.uri.path.length + 1);
  },
  openTextDocument: async (uri: Uri) => ({ uri, languageId: 'plaintext' }),
  registerTextDocumentContentProvider: (
    scheme: string,
    provider: { provideTextDocumentContent(uri: Uri): Promise<string> | string },
  ) => {
    state.providers.set(scheme, provider);
    return new Disposable(() => state.providers.delete(scheme));
  },
  registerFileSystemProvider: (scheme: string, provider: unknown) => {
    state.fileProviders.set(scheme, provider);
    return new Disposable(() => state.fileProviders.delete(scheme));
  },
  createFileSystemWatcher: () => ({
    onDidChange: happenings.file.event,
    onDidCreate: () => new Disposable(() => {}),
    onDidDelete: () => new Disposable(() => {}),
    dispose: () => {},
  }),
  onDidChangeConfiguration: happenings.configuration.event,
  onDidCloseTextDocument: () => new Disposable(() => {}),
  onDidSaveTextDocument: happenings.saved.event,
  onDidChangeTextDocument: happenings.edited.event,
  onDidChangeWorkspaceFolders: happenings.folders.event,
  onDidGrantWorkspaceTrust: happenings.trusted.event,
  fs: {
    stat: async (uri: Uri) => {
      const found = await stat(uri.fsPath);
      return { type: found.isDirectory() ? FileType.Directory : FileType.File };
    },
    readDirectory: async (uri: Uri) =>
      (await readdir(uri.fsPath)).map((name) => [name, FileType.File] as const),
    readFile: async (uri: Uri) => new Uint8Array(await readFile(uri.fsPath)),
    writeFile: async (uri: Uri, bytes: Uint8Array) => writeFile(uri.fsPath, bytes),
  },
};

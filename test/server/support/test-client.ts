import { type ChildProcess, spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServerHost } from '../../../server/src/host.ts';
import { createServer } from '../../../server/src/server.ts';
import { MemoryFiles } from './memory-files.ts';

/** What VS Code can do, as far as the server asks. */
export const fullCapabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
  textDocument: {
    diagnostic: {},
    completion: { completionItem: { snippetSupport: true, insertReplaceSupport: true } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    definition: { linkSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};

export interface ClientOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  readonly settings?: unknown;
  readonly initializationOptions?: object;
  /** Whether files are diagnosed that nobody opened. */
  readonly workspaceDiagnostics?: boolean;
  /** The reader's language; the server's own choice when absent. */
  readonly locale?: string;
  /** The workspace's folder; `file:///work` otherwise. */
  readonly folder?: string;
  /** Before the server's path, for the built one. */
  readonly nodeOptions?: readonly string[];
  /** Of the process, what a test brings itself. */
  readonly host?: Partial<ServerHost>;
}

/** A language client without an editor, on a real connection: to a server in this process, or to the built one in a process of its own. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly files: MemoryFiles;
  /** Pushed diagnostics by URI. */
  readonly pushed = new Map<string, Diagnostic[]>();
  /** Everything the server logged as an error: a test fails if there is any. */
  readonly errors: string[] = [];
  initialized: InitializeResult | undefined;
  refreshes = 0;
  hintRefreshes = 0;
  readonly #documents = new Map<string, TextDocument>();
  readonly #process: ChildProcess | undefined;
  readonly #onEvent = new Set<() => void>();

  static async inProcess(options: ClientOptions = {}): Promise<TestClient> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const files = new MemoryFiles(options.files);
    const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    createServer(server, {
      files,
      environment: options.environment ?? {},
      home: '/home/user',
      platform: 'posix',
      diagnosticsPage: 'file:///docs/diagnostics.md',
      now: () => 0,
      ...options.host,
    });
    server.listen();
    const connection = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    const client = new TestClient(connection, files, undefined);
    await client.#initialize(options);
    return client;
  }

  static async built(serverPath: string, options: ClientOptions = {}): Promise<TestClient> {
    const child = spawn(process.execPath, [...(options.nodeOptions ?? []), serverPath, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new TestClient(connection, new MemoryFiles(), child);
    await client.#initialize(options);
    return client;
  }

  private constructor(connection: ProtocolConnection, files: MemoryFiles, child: ChildProcess | undefined) {
    this.connection = connection;
    this.files = files;
    this.#process = child;
  }

  async close(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    this.connection.dispose();
    this.#process?.kill();
  }

  /** As an editor ends the built server: asked to, and not killed. */
  async end(): Promise<void> {
    const child = this.#process;
    await this.connection.sendRequest('shutdown');
    const exited = new Promise((resolve) => child?.once('exit', resolve));
    await this.connection.sendNotification('exit');
    await exited;
    this.connection.dispose();
  }

  document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }

  async open(uri: string, text: string, languageId = 'dockercompose'): Promise<TextDocument> {
    const document = TextDocument.create(uri, languageId, 1, text);
    this.#documents.set(uri, document);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return document;
  }

  async change(uri: string, changes: readonly TextDocumentContentChangeEvent[]): Promise<TextDocument> {
    const before = this.document(uri);
    const version = before.version + 1;
    const copy = TextDocument.create(uri, before.languageId, version, before.getText());
    const document = TextDocument.update(copy, [...changes], version);
    this.#documents.set(uri, document);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: changes,
    });
    return document;
  }

  async closeDocument(uri: string): Promise<void> {
    this.#documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest<T>(method, params);
  }

  /** A request that is taken back at once; resolves when the server has answered that it was cancelled. */
  async cancelled(method: string, params: unknown): Promise<void> {
    const source = new CancellationTokenSource();
    const answer = this.connection.sendRequest(method, params, source.token);
    source.cancel();
    await answer.then(
      () => {
        throw new Error(`${method} was answered though it was cancelled`);
      },
      (error: unknown) => {
        if (!(error instanceof ResponseError)) throw error;
      },
    );
  }

  /** A request about a place, by offset. */
  at<T>(method: string, uri: string, offset: number, more: object = {}): Promise<T> {
    const position = this.document(uri).positionAt(offset);
    return this.request<T>(method, { textDocument: { uri }, position, ...more });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.request<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return report.items;
  }

  /** Resolves once `condition` holds; looked at again whenever the server says something. */
  async eventually(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#onEvent.delete(look);
        resolve();
      };
      this.#onEvent.add(look);
    });
  }

  async #initialize(options: ClientOptions): Promise<void> {
    this.connection.onNotification('window/logMessage', (message: { type: number; message: string }) => {
      if (message.type === 1) this.errors.push(message.message);
    });
    this.connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => {
        this.pushed.set(params.uri, params.diagnostics);
        this.#tell();
      },
    );
    this.connection.onRequest('workspace/inlayHint/refresh', () => {
      this.hintRefreshes += 1;
      this.#tell();
      return null;
    });
    this.connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes += 1;
      this.#tell();
      return null;
    });
    this.connection.onRequest('client/registerCapability', () => null);
    const configured = new Promise<void>((resolve) => {
      this.connection.onRequest('workspace/configuration', (params: { items: unknown[] }) => {
        resolve();
        return params.items.map(() => options.settings ?? {});
      });
    });
    this.connection.listen();
    const capabilities = options.capabilities ?? fullCapabilities;
    this.initialized = await this.request<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      ...(options.locale === undefined ? {} : { locale: options.locale }),
      workspaceFolders: [{ uri: options.folder ?? 'file:///work', name: 'work' }],
      initializationOptions: {
        workspaceDiagnostics: options.workspaceDiagnostics ?? false,
        ...options.initializationOptions,
      },
    });
    await this.connection.sendNotification('initialized', {});
    if (capabilities.workspace?.configuration === true) await configured;
  }

  #tell(): void {
    for (const look of [...this.#onEvent]) look();
  }
}

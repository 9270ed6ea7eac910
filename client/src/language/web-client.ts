import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/browser';
import {
  ConvertToKubernetes,
  type InitializationOptions,
  type KubernetesResult,
  ListFolder,
  ReadFile,
  type ReadFileResult,
  StatFile,
  type StatFileResult,
} from '../../../server/src/protocol.ts';
import { composeLanguage } from '../ids.ts';
import { listFolder, readFile, statFile } from './web-files.ts';

/** The browser's own. */
declare const Worker: new (url: string) => object;

/** The language server in a worker of the browser, which is given files by VS Code. */
export class WebLanguage implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #output: vscode.LogOutputChannel;
  #client: LanguageClient | undefined;

  constructor(context: vscode.ExtensionContext, output: vscode.LogOutputChannel) {
    this.#context = context;
    this.#output = output;
  }

  async start(): Promise<void> {
    if (this.#client !== undefined) return;
    const { extensionUri } = this.#context;
    const initializationOptions: InitializationOptions = {
      trusted: vscode.workspace.isTrusted,
      diagnosticsPage: vscode.Uri.joinPath(extensionUri, 'docs/diagnostics.md').toString(),
    };
    const options: LanguageClientOptions = {
      documentSelector: [{ language: composeLanguage }],
      outputChannel: this.#output,
      initializationOptions,
      diagnosticCollectionName: 'compose',
      synchronize: { configurationSection: 'composure' },
    };
    const worker = new Worker(vscode.Uri.joinPath(extensionUri, 'dist/web/server.js').toString(true));
    const client = new LanguageClient('composure', 'Compose', worker, options);
    this.#client = client;
    client.onRequest<ReadFileResult, void>(ReadFile, readFile);
    client.onRequest<StatFileResult, void>(StatFile, statFile);
    client.onRequest(ListFolder, listFolder);
    await client.start();
  }

  async restart(): Promise<void> {
    const old = this.#client;
    this.#client = undefined;
    await old?.dispose();
    await this.start();
  }

  /** `undefined` if the server does not run. */
  async kubernetes(uri: vscode.Uri): Promise<KubernetesResult | undefined> {
    await this.start();
    return this.#client?.sendRequest<KubernetesResult>(ConvertToKubernetes, { uri: uri.toString() });
  }

  dispose(): void {
    void this.#client?.dispose();
  }
}

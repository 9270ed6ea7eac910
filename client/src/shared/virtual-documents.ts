import * as vscode from 'vscode';

/** Read-only documents of this extension, by scheme: registered when first needed, each text made when it is asked for. */
export class VirtualDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #scheme: string;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #provide: (uri: vscode.Uri) => Promise<string> | string;
  readonly #disposables: vscode.Disposable[];

  constructor(scheme: string, provide: (uri: vscode.Uri) => Promise<string> | string) {
    this.#scheme = scheme;
    this.#provide = provide;
    this.#disposables = [this.#changed, vscode.workspace.registerTextDocumentContentProvider(scheme, this)];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.#provide(uri);
  }

  /** Has the documents that are open made anew. */
  refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === this.#scheme) this.#changed.fire(uri);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

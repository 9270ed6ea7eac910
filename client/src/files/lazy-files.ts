import * as vscode from 'vscode';
import { FileSchemes } from '../ids.ts';

/** What does the work, once something of it is wanted. */
export type Files = Omit<vscode.FileSystemProvider, 'onDidChangeFile' | 'copy'>;

/** Stands for the files of containers and volumes until one is opened, also by a window that opens again what was open. */
export class LazyFiles implements vscode.FileSystemProvider {
  readonly #load: () => Promise<Files>;
  readonly #changed: vscode.EventEmitter<vscode.FileChangeEvent[]>;
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;

  constructor(load: () => Promise<Files>, changed: vscode.EventEmitter<vscode.FileChangeEvent[]>) {
    this.#load = load;
    this.#changed = changed;
    this.onDidChangeFile = changed.event;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      ...Object.values(FileSchemes).map((scheme) =>
        vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true }),
      ),
    );
  }

  watch(...input: Parameters<Files['watch']>): vscode.Disposable {
    const watching = this.#load().then((files) => files.watch(...input));
    return { dispose: () => void watching.then((each) => each.dispose()) };
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#load()).stat(uri);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.#load()).readDirectory(uri);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    return (await this.#load()).createDirectory(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#load()).readFile(uri);
  }

  async writeFile(...input: Parameters<Files['writeFile']>): Promise<void> {
    return (await this.#load()).writeFile(...input);
  }

  async delete(...input: Parameters<Files['delete']>): Promise<void> {
    return (await this.#load()).delete(...input);
  }

  async rename(...input: Parameters<Files['rename']>): Promise<void> {
    return (await this.#load()).rename(...input);
  }
}

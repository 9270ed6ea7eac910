import * as vscode from 'vscode';
import type { SavedForm } from '../../webview/logs/protocol.ts';

const { l10n } = vscode;

/** Writes what a page shows into a file: asks where, then for the lines, which come in parts. */
export class SavedLines {
  readonly #collect: (form: SavedForm) => void;
  #saving: { readonly uri: vscode.Uri; readonly parts: string[] } | undefined;

  constructor(collect: (form: SavedForm) => void) {
    this.#collect = collect;
  }

  async begin(title = 'compose'): Promise<void> {
    const name = `${title.replaceAll(/[^\w.-]+/g, '-')}.log`;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const uri = await vscode.window.showSaveDialog({
      ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
      filters: { [l10n.t('Log')]: ['log', 'txt'], [l10n.t('JSON lines')]: ['jsonl', 'ndjson'] },
    });
    if (uri === undefined) return;
    this.#saving = { uri, parts: [] };
    this.#collect(/\.(jsonl|ndjson)$/i.test(uri.path) ? 'jsonl' : 'text');
  }

  async take(text: string, last: boolean): Promise<void> {
    const saving = this.#saving;
    if (saving === undefined) return;
    saving.parts.push(text);
    if (!last) return;
    this.#saving = undefined;
    await vscode.workspace.fs.writeFile(saving.uri, Buffer.from(saving.parts.join('')));
    vscode.window.setStatusBarMessage(l10n.t('Saved {0}', saving.uri.path.replace(/^.*\//, '')), 4000);
  }
}

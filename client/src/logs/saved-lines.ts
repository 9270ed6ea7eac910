import * as vscode from 'vscode';

const { l10n } = vscode;

/** Writes what a page shows into a file: asks where, then for the lines, which come in parts. */
export class SavedLines {
  readonly #collect: () => void;
  #saving: { readonly uri: vscode.Uri; readonly parts: string[] } | undefined;

  constructor(collect: () => void) {
    this.#collect = collect;
  }

  async begin(title = 'compose'): Promise<void> {
    const name = `${title.replaceAll(/[^\w.-]+/g, '-')}.log`;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const uri = await vscode.window.showSaveDialog({
      ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
      filters: { [l10n.t('Log')]: ['log', 'txt'] },
    });
    if (uri === undefined) return;
    this.#saving = { uri, parts: [] };
    this.#collect();
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

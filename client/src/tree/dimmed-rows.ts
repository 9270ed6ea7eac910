import * as vscode from 'vscode';

const scheme = 'composure-dimmed';

/** Given to a row as what it stands for, so that its label is drawn dimmed: VS Code has no other way to say so. */
export function dimmedUri(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${id}` });
}

/** Dims the rows of things of which nobody knows whether they are still so. */
export const dimmedRows: vscode.FileDecorationProvider = {
  provideFileDecoration: (uri) =>
    uri.scheme === scheme
      ? new vscode.FileDecoration(undefined, undefined, new vscode.ThemeColor('composure.dimmedForeground'))
      : undefined,
};

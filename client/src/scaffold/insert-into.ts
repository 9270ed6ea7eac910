import * as vscode from 'vscode';
import type { Insertion } from './add-entries.ts';

const { l10n } = vscode;

/** Puts the texts into the document, as one edit that can be undone. `undefined`: says that the file has to be changed by hand. Whether it was changed. */
export async function insertInto(
  document: vscode.TextDocument,
  insertions: readonly Insertion[] | undefined,
): Promise<boolean> {
  if (insertions === undefined) {
    void vscode.window.showInformationMessage(
      l10n.t(
        'The services in this file are written in a form that cannot be edited automatically. Add the service manually.',
      ),
    );
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, text } of insertions) edit.insert(document.uri, document.positionAt(offset), text);
  await vscode.workspace.applyEdit(edit);
  return true;
}

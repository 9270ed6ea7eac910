import * as vscode from 'vscode';

/** What every command says that would run something. */
export async function needsEngine(): Promise<void> {
  await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'This needs a Docker Engine, and a browser cannot reach one. Open the folder in VS Code on your computer, or in a codespace.',
    ),
  );
}

import * as vscode from 'vscode';
import type { KubernetesResult } from '../../../server/src/protocol.ts';
import { composeLanguage } from '../ids.ts';

/** Shows the project of the file in the editor as manifests of Kubernetes, in a new document that nothing has saved yet. */
export async function convertOpenFile(language: {
  kubernetes(uri: vscode.Uri): Promise<KubernetesResult | undefined>;
}): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== composeLanguage) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Open the Compose file first. The content of the editor is converted.'),
    );
    return;
  }
  const result = await language.kubernetes(document.uri);
  if (result?.manifests === undefined) {
    await vscode.window.showErrorMessage(
      vscode.l10n.t('The project has errors: see the Problems view. Fix them, then convert it.'),
    );
    return;
  }
  const remarks =
    result.remarks === '' ? '' : `${vscode.l10n.t('Differences from the Compose file:')}\n${result.remarks}`;
  const content = remarks.replace(/^(?=.)/gm, '# ') + result.manifests;
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'yaml', content }),
  );
}

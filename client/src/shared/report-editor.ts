import * as vscode from 'vscode';
import { plainSpaces } from './plain-spaces.ts';
import { VirtualDocuments } from './virtual-documents.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';

const { l10n } = vscode;

const scheme = 'composure-report';

/** Shows a report in an editor, in the place of the one before under that title. Who types elsewhere goes on typing there. */
export function showReport(workbench: ExtensionScope, title: string, text: string): Promise<void> {
  return workbench.once.of(Reports, workbench).show(title, text);
}

class Reports implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #documents = new VirtualDocuments(
    scheme,
    (uri) => this.#texts.get(uri.toString()) ?? l10n.t('This report is no longer available.'),
  );

  async show(title: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${title.replaceAll('/', ' ')}` });
    this.#texts.set(uri.toString(), plainSpaces(text));
    this.#documents.refresh();
    const document = await vscode.workspace.openTextDocument(uri);
    // In colors as a plan has them.
    await vscode.languages.setTextDocumentLanguage(document, 'diff');
    await vscode.window.showTextDocument(document, { preview: false, preserveFocus: true });
  }

  dispose(): void {
    this.#documents.dispose();
  }
}

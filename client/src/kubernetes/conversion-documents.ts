import * as vscode from 'vscode';
import { VirtualDocuments } from '../shared/virtual-documents.ts';
import type { Report } from './report-text.ts';

const scheme = 'composure-kubernetes';

/** What a conversion would write, and its report: read-only documents that live as long as the extension, the last of each name. */
export class ConversionDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #reports = new Map<string, Report>();
  readonly #disposables: readonly vscode.Disposable[];
  readonly #documents = new VirtualDocuments(scheme, (uri) => this.#texts.get(uri.toString()) ?? '');

  constructor() {
    this.#disposables = [
      this.#documents,
      vscode.languages.registerDocumentLinkProvider(
        { scheme },
        { provideDocumentLinks: (document) => this.#links(document) },
      ),
    ];
  }

  /** `path` is absolute; the document is called as the file that will be there. */
  manifest(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.file(path).with({ scheme });
    this.#texts.set(uri.toString(), text);
    this.#documents.refresh();
    return uri;
  }

  report(name: string, report: Report): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', ' ')}.txt` });
    this.#texts.set(uri.toString(), report.text);
    this.#reports.set(uri.toString(), report);
    this.#documents.refresh();
    return uri;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #links(document: vscode.TextDocument): vscode.DocumentLink[] {
    const report = this.#reports.get(document.uri.toString());
    return (report?.links ?? []).map(({ start, end, place }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const target = vscode.Uri.parse(place.span.uri).with({ fragment: `L${place.line},${place.column}` });
      return new vscode.DocumentLink(range, target);
    });
  }
}

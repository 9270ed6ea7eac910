import * as vscode from 'vscode';

/** Offers, when `docker run` lines are pasted into a compose file, the services that do the same. */
export class DockerRunPaste implements vscode.DocumentPasteEditProvider {
  static readonly kind = vscode.DocumentDropOrPasteEditKind.Text.append('docker-run');
  static readonly metadata: vscode.DocumentPasteProviderMetadata = {
    providedPasteEditKinds: [DockerRunPaste.kind],
    pasteMimeTypes: ['text/plain'],
  };

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
    _context: vscode.DocumentPasteEditContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentPasteEdit[] | undefined> {
    const pasted = (await data.get('text/plain')?.asString()) ?? '';
    // Most of what is pasted has none: the converter is not loaded for it.
    if (!/\b(?:docker|podman|nerdctl)\b/.test(pasted) || token.isCancellationRequested) return undefined;
    const { convertDockerRun, hasDockerRun } = await import('#compose/convert/docker-run/docker-run.ts');
    const [range] = ranges;
    if (!hasDockerRun(pasted) || range === undefined || ranges.length > 1 || !range.isEmpty) return undefined;
    const { insertConverted } = await import('./insert-converted.ts');
    const { catalogueFor } = await import('#compose/problem/catalogues.ts');
    const insertions = insertConverted(
      document.getText(),
      convertDockerRun(pasted),
      catalogueFor(vscode.env.language),
    );
    if (insertions === undefined) return undefined;
    const title = vscode.l10n.t('Convert docker run to services');
    const paste = new vscode.DocumentPasteEdit('', title, DockerRunPaste.kind);
    paste.additionalEdit = new vscode.WorkspaceEdit();
    for (const { offset, text } of insertions)
      paste.additionalEdit.insert(document.uri, document.positionAt(offset), text);
    return [paste];
  }
}

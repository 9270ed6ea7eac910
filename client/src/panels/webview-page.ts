import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** A page of the extension's own: a script and a style sheet of `dist/webview`, texts, and nothing else may be loaded or run in it. */
export function webviewPage(
  webview: vscode.Webview,
  extension: vscode.Uri,
  page: {
    readonly name: string;
    readonly title: string;
    readonly texts: object;
    readonly drawsImages?: boolean;
  },
): string {
  const folder = webviewFolder(extension);
  const file = (ending: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, `${page.name}.${ending}`));
  const nonce = randomBytes(16).toString('hex');
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'${
    // A picture that the page itself has drawn.
    page.drawsImages === true ? '; img-src data:' : ''
  }`;
  // Within a script element only `<` could end it.
  const texts = JSON.stringify(page.texts).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<link rel="stylesheet" href="${file('css')}">
</head>
<body>
<main id="app"><p id="note" role="status"></p></main>
<script type="application/json" id="texts">${texts}</script>
<script nonce="${nonce}" src="${file('js')}"></script>
</body>
</html>`;
}

/** What pages may load from. */
export function webviewFolder(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

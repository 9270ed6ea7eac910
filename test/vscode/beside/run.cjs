// Runs inside VS Code's extension host, with the stand-in for another extension beside Composure.
const assert = require('node:assert/strict');
const vscode = require('vscode');

exports.run = async () => {
  const other = vscode.extensions.getExtension('docker.docker');
  assert.ok(other, 'the other extension is there');
  assert.ok(vscode.extensions.getExtension('composure.composure'), 'Composure is there');
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'compose.beside.yaml');
  await vscode.workspace.fs.writeFile(uri, Buffer.from('services:\n  web:\n    \n'));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  await other.activate();
  const labels = await until(async () => {
    const list = await vscode.commands.executeCommand(
      'vscode.executeCompletionItemProvider',
      uri,
      new vscode.Position(2, 4),
    );
    const names = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    return names.includes('image') ? names : undefined;
  });
  assert.deepEqual(
    labels.filter((label) => label === 'image'),
    ['image'],
    'a suggestion is there once',
  );
  const configuration = vscode.workspace.getConfiguration('docker.extension');
  assert.equal(configuration.get('enableComposeLanguageServer'), false);
  assert.equal(
    configuration.inspect('enableComposeLanguageServer').globalValue,
    undefined,
    'nothing of the user was changed',
  );
  const edits = await vscode.commands.executeCommand('vscode.executeFormatDocumentProvider', uri, {
    tabSize: 2,
    insertSpaces: true,
  });
  assert.ok(Array.isArray(edits), 'there is a formatter');
};

async function until(state) {
  for (;;) {
    const value = await state();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

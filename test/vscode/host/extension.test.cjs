const assert = require('node:assert/strict');
const { performance } = require('node:perf_hooks');
const vscode = require('vscode');

const id = 'composure.composure';

suite('the extension in its host', () => {
  test('activates without loading what it does not need yet', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is installed`);
    const before = performance.now();
    await extension.activate();
    const milliseconds = performance.now() - before;
    // For the record, not a limit: machines differ.
    console.log(`activation: ${milliseconds.toFixed(1)} ms (0 when VS Code had activated it already)`);
    assert.ok(extension.isActive);
  });

  test('registers every command that its manifest declares', async () => {
    const declared = vscode.extensions
      .getExtension(id)
      .packageJSON.contributes.commands.map(({ command }) => command);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });

  test('reports a mistake in a compose file, where it is', async () => {
    const folder = vscode.workspace.workspaceFolders[0].uri;
    const uri = vscode.Uri.joinPath(folder, 'compose.mistake.yaml');
    await vscode.workspace.fs.writeFile(
      uri,
      Buffer.from('services:\n  web:\n    image: nginx:alpine\n    port: 80\n'),
    );
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      assert.equal(document.languageId, 'dockercompose');
      const found = await until(() =>
        vscode.languages.getDiagnostics(uri).find(({ message }) => message.includes('port')),
      );
      assert.equal(document.getText(found.range), 'port');
      assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(uri);
    }
  });

  test('completes, explains and formats', async () => {
    const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'docker-compose.yml');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const image = document.positionAt(document.getText().indexOf('image:') + 1);
    const hovers = await until(async () => {
      const all = await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, image);
      return all.length > 0 ? all : undefined;
    });
    assert.match(hovers.map(({ contents }) => contents.map(({ value }) => value).join()).join(), /image/i);
    const items = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', uri, image);
    assert.ok(items.items.length > 0);
    const edits = await vscode.commands.executeCommand('vscode.executeFormatDocumentProvider', uri, {
      tabSize: 2,
      insertSpaces: true,
    });
    assert.ok(Array.isArray(edits), 'a formatter is there');
  });

  test('answers a language model, without secrets', async () => {
    const { token } = new vscode.CancellationTokenSource();
    const ask = async (name, input) => {
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
      return content.map(({ value }) => value).join('');
    };
    // What comes from files and containers stands between marks.
    const [, data] = /<<<(?:.+)\n([\s\S]*)\n.+>>>/.exec(await ask('composure_list', {}));
    const listed = JSON.parse(data);
    assert.deepEqual(
      listed.find(({ project }) => project === 'course').services.map(({ service }) => service),
      ['db', 'web'],
    );
    const explained = await ask('composure_explain', { project: 'course' });
    assert.match(explained, /POSTGRES_PASSWORD: \*\*\*/);
    assert.doesNotMatch(explained, /secret123/);
    assert.match(await ask('composure_plan', { project: 'course' }), /create container course-web-1/);
    await assert.rejects(ask('composure_logs', { project: 'nowhere' }), /There is no project nowhere/);
  });
});

/** Waits until there is something; the test's own time limit ends it. */
async function until(look) {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

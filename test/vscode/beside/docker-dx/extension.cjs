// Stands for another extension that knows compose files: the same id, the same setting, and one suggestion.
const vscode = require('vscode');

exports.activate = (context) => {
  const enabled = vscode.workspace.getConfiguration('docker.extension').get('enableComposeLanguageServer');
  if (!enabled) return;
  context.subscriptions.push(
    vscode.languages.registerCompletionItemProvider('dockercompose', {
      provideCompletionItems: () => [new vscode.CompletionItem('image')],
    }),
  );
};

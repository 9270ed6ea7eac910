import * as vscode from 'vscode';
import { Commands, type CommandId, ContextKeys, composeLanguage, Views } from '../ids.ts';
import { WebLanguage } from '../language/web-client.ts';
import { convertOpenFile } from './convert-open-file.ts';
import { needsEngine } from './needs-engine.ts';

/**
 * The extension where VS Code runs in a browser without a machine behind it: the language half. There is no Node, and no engine can be reached; what needs
 * one says so.
 */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('Compose', { log: true });
  const language = new WebLanguage(context, output);
  const own: Readonly<Partial<Record<CommandId, (...args: readonly unknown[]) => unknown>>> = {
    [Commands.showOutput]: () => output.show(true),
    [Commands.restartLanguageServer]: () => language.restart(),
    [Commands.convertKubernetes]: () => convertOpenFile(language),
  };
  for (const id of Object.values(Commands))
    context.subscriptions.push(vscode.commands.registerCommand(id, own[id] ?? needsEngine));
  context.subscriptions.push(
    output,
    language,
    vscode.window.registerTreeDataProvider(Views.projects, {
      getChildren: () => [],
      getTreeItem: (row) => row,
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void language.restart()),
    vscode.workspace.onDidOpenTextDocument(startFor),
  );
  void vscode.commands.executeCommand('setContext', ContextKeys.engine, 'none');
  for (const document of vscode.workspace.textDocuments) startFor(document);

  function startFor({ languageId }: vscode.TextDocument): void {
    if (languageId !== composeLanguage) return;
    language.start().catch((error: unknown) => output.error(String(error)));
  }
}

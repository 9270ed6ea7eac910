import * as vscode from 'vscode';
import { Views } from '../ids.ts';
import type { TreeChoicesContext } from './tree-choices.ts';

const { l10n } = vscode;

/** Asks what the tree is to show, and shows it while it is typed. Escape brings back what was shown before. */
export async function filterCommand({ choices }: TreeChoicesContext): Promise<void> {
  const before = choices.filterText;
  const input = vscode.window.createInputBox();
  input.title = l10n.t('Filter projects and services');
  input.placeholder = 'web is:unhealthy project:shop';
  input.prompt = l10n.t(
    'A part of a name, a state (is:running, is:stopped, is:problem, is:unhealthy), or a project (project:name)',
  );
  input.value = before;
  input.onDidChangeValue((text) => choices.setFilter(text));
  const isAccepted = await new Promise<boolean>((resolve) => {
    input.onDidAccept(() => resolve(true));
    input.onDidHide(() => resolve(false));
    input.show();
  });
  if (!isAccepted) choices.setFilter(before);
  input.dispose();
  await vscode.commands.executeCommand(`${Views.projects}.focus`);
}

import * as vscode from 'vscode';
import { GraphCommands } from '../graph/graph-command-ids.ts';
import { LogsCommands } from '../logs/logs-command-ids.ts';
import { StackCommands } from '../stack/stack-command-ids.ts';
import { TerminalCommands } from '../terminal/terminal-command-ids.ts';
import { TreeCommands } from './tree-command-ids.ts';
import { treeKeys } from './tree-keys.ts';
import type { TreeRow } from './tree-row.ts';

const { l10n } = vscode;

export interface ChosenRowsContext {
  /** The rows that a command from the keyboard is for. */
  chosenRows(focused: TreeRow | undefined): readonly TreeRow[];
}

/** Lists the keys of the tree; one that is taken does what its key does. */
export async function keysCommand(
  { chosenRows }: ChosenRowsContext,
  [focused]: readonly unknown[],
): Promise<void> {
  const titles: Readonly<Record<string, string>> = {
    [StackCommands.up]: l10n.t('Up'),
    [StackCommands.stop]: l10n.t('Stop'),
    [StackCommands.restart]: l10n.t('Restart'),
    [LogsCommands.logs]: l10n.t('Logs'),
    [TerminalCommands.shell]: l10n.t('Shell'),
    [StackCommands.openInBrowser]: l10n.t('Open in the browser'),
    [GraphCommands.showGraph]: l10n.t('Graph'),
    [TreeCommands.filter]: l10n.t('Filter projects and services'),
    [TreeCommands.clearFilter]: l10n.t('Clear the filter'),
    [TreeCommands.keys]: l10n.t('Keys of the tree'),
  };
  const commands = [...new Set(treeKeys.map(({ command }) => command))];
  const items = commands.map((command) => ({
    label: titles[command] ?? command,
    description: treeKeys
      .filter((each) => each.command === command)
      .map(({ key }) => (key === 'shift+/' ? '?' : key))
      .join(', '),
    command,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Keys of the tree'),
    placeHolder: l10n.t('Ctrl+click and Shift+click select several rows'),
  });
  if (picked === undefined) return;
  const rows = chosenRows((focused as TreeRow | null | undefined) ?? undefined);
  await vscode.commands.executeCommand(picked.command, ...(rows[0] === undefined ? [] : [rows[0], rows]));
}

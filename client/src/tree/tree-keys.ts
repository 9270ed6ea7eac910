import { GraphCommands } from '../graph/graph-command-ids.ts';
import { LogsCommands } from '../logs/logs-command-ids.ts';
import { StackCommands } from '../stack/stack-command-ids.ts';
import { TerminalCommands } from '../terminal/terminal-command-ids.ts';
import { TreeCommands } from './tree-command-ids.ts';

/** A key that does something with the row that has the focus, or with those that are chosen. */
export interface TreeKey {
  readonly key: string;
  readonly command: string;
  /** What the row's menu asks of it; absent: it is not about a row. */
  readonly fits?: RegExp;
}

/** The keys of the tree, in the order in which they are listed. package.json binds them; a test holds both equal. */
export const treeKeys: readonly TreeKey[] = [
  { key: 'u', command: StackCommands.up, fits: /^(project|service)\b.*\bdeclared\b.*\breachable\b/ },
  { key: 's', command: StackCommands.stop, fits: /\brunning\b/ },
  { key: 'r', command: StackCommands.restart, fits: /\bcreated\b/ },
  { key: 'l', command: LogsCommands.logs, fits: /\bcreated\b/ },
  { key: 'e', command: TerminalCommands.shell, fits: /\bshell\b/ },
  { key: 'o', command: StackCommands.openInBrowser, fits: /\bpublished\b/ },
  { key: 'g', command: GraphCommands.showGraph, fits: /^(project|service|container)\b/ },
  { key: '/', command: TreeCommands.filter },
  { key: 'f', command: TreeCommands.filter },
  { key: 'escape', command: TreeCommands.clearFilter },
  { key: 'shift+/', command: TreeCommands.keys },
  { key: 'h', command: TreeCommands.keys },
];

/** Of these rows those for which the command of a key is meant, by what their menus offer. */
export function fitting<R>(command: string, rows: readonly R[], contextOf: (row: R) => string): readonly R[] {
  const key = treeKeys.find((each) => each.command === command);
  return key?.fits === undefined ? rows : rows.filter((row) => key.fits?.test(contextOf(row)));
}

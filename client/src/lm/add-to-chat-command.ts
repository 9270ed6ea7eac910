import * as vscode from 'vscode';
import { isTreeRow } from '../tree/tree-row.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import { chatQuery } from './chat-query.ts';

/** Begins a question about the chosen rows in the chat. The person goes on writing: nothing is sent. */
export async function addToChat({ stacks }: StacksContext, [row, rows]: readonly unknown[]): Promise<void> {
  const chosen = (Array.isArray(rows) ? rows : [row]).filter(isTreeRow);
  const query = chatQuery(chosen, (stack) => stacks.stack(stack)?.name);
  if (query !== '')
    await vscode.commands.executeCommand('workbench.action.chat.open', { query, isPartialQuery: true });
}

import * as vscode from 'vscode';
import { type SelectContext, select } from '../stack/selection.ts';
import { isTreeRow } from '../tree/tree-row.ts';
import { type Stack, startableJobs } from '../workspace/stacks.ts';
import { commandLineFor } from './command-line.ts';
import { openCommand } from './command-terminal.ts';

const { l10n } = vscode;

/** A job in a terminal, with what it depends on brought up first; its container goes when it ends. `args`: a row of its project, and its name, else it is picked. */
export async function runJobCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  const [row, name] = args;
  for (const { stack } of await select(workbench, isTreeRow(row) ? [row] : args, { declaredOnly: true })) {
    const job = typeof name === 'string' ? name : await pickJob(stack);
    if (job === undefined) continue;
    openCommand(`${stack.name} · ${job}`, commandLineFor(stack, ['run', '--rm', job]), 'play');
  }
}

/** The only one, else the one picked. `undefined`: there is none (which is said), or none was picked. */
async function pickJob(stack: Stack): Promise<string | undefined> {
  const jobs = startableJobs(stack);
  if (jobs.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('{0} has no jobs that can be started manually.', stack.name),
    );
    return undefined;
  }
  if (jobs.length === 1) return jobs[0]?.name;
  const picked = await vscode.window.showQuickPick(
    jobs.map(({ name, schedule }) => ({ label: name, description: schedule.join(', ') })),
    { placeHolder: l10n.t('Select a job of {0}', stack.name) },
  );
  return picked?.label;
}

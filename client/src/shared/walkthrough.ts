import * as vscode from 'vscode';
import { ContextKeys } from '../ids.ts';

/** What a person does in the walkthrough. */
export type WalkthroughStep = 'write' | 'run' | 'look' | 'environments';

const keys = {
  write: ContextKeys.hasWritten,
  run: ContextKeys.hasRun,
  look: ContextKeys.hasLooked,
  environments: ContextKeys.hasChosenEnvironment,
} as const satisfies Record<WalkthroughStep, string>;

/**
 * Ends a step of the walkthrough where it is done, wherever it was begun: VS Code itself sees no commands of lenses, and not whether one has
 * come to its end.
 */
export async function stepDone(step: WalkthroughStep): Promise<void> {
  // VS Code looks at a step from when its walkthrough was opened, at what changes from then on. A key that is true by then it takes for seen, and never
  // ends the step: so the key is true for a moment, each time.
  await vscode.commands.executeCommand('setContext', keys[step], true);
  await vscode.commands.executeCommand('setContext', keys[step], false);
}

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
export function stepDone(step: WalkthroughStep): void {
  void vscode.commands.executeCommand('setContext', keys[step], true);
}

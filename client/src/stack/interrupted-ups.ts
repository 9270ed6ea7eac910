import * as vscode from 'vscode';
import type { OperationsUnderWay, ProjectPlace } from '#engine/observe/operations-under-way.ts';
import { fewOf } from '../tree/row-text.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import type { Stack } from '../workspace/stacks.ts';
import { StackCommands } from './stack-command-ids.ts';

const { l10n } = vscode;

const key = 'composure.unfinishedUps';

/** An Up that has not come to its end. */
export interface UnfinishedUp extends ProjectPlace {
  /** What it was to start; empty: everything. */
  readonly services: readonly string[];
}

/**
 * Remembers with the workspace what is being brought up, so that an Up that a closed window or a lost engine cut short is said, with what it did not
 * start and how to go on. Forgotten once all of it runs, or something else was asked for.
 */
export class InterruptedUps implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #operations: OperationsUnderWay;
  readonly #stacks: StackModel;
  readonly #told = new Set<string>();
  readonly #disposables: readonly vscode.Disposable[];

  constructor(state: vscode.Memento, operations: OperationsUnderWay, stacks: StackModel) {
    this.#state = state;
    this.#operations = operations;
    this.#stacks = stacks;
    for (const { engine, project, services } of state.get<readonly UnfinishedUp[]>(key, []))
      operations.interrupt({ engine, project }, services);
    this.#disposables = [
      { dispose: operations.onChange(() => this.#remember()) },
      stacks.onDidChange(() => this.#look()),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #remember(): void {
    const unfinished = this.#operations.unfinished();
    if (JSON.stringify(unfinished) !== JSON.stringify(this.#state.get(key, [])))
      void this.#state.update(key, unfinished);
  }

  #look(): void {
    for (const stack of this.#stacks.stacks) {
      const { name: project, engine, view } = stack;
      const place = { engine, project };
      const id = stack.key;
      if (this.#operations.interrupted(place) === undefined) this.#told.delete(id);
      else if (view.isFresh && view.doing === undefined) {
        if (view.notStarted.length === 0) this.#operations.interrupt(place, undefined);
        else if (!this.#told.has(id)) {
          this.#told.add(id);
          void this.#tell(stack);
        }
      }
    }
  }

  async #tell({ key: stack, name, view: { notStarted } }: Stack): Promise<void> {
    const resume = l10n.t('Resume Up');
    const answer = await vscode.window.showWarningMessage(
      l10n.t('{0}: Up was interrupted. Not started: {1}.', name, fewOf(notStarted)),
      resume,
    );
    if (answer === resume)
      await vscode.commands.executeCommand(StackCommands.up, { kind: 'project', id: 'interrupted', stack });
  }
}

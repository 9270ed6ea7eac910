import * as vscode from 'vscode';
import { type EnvironmentChoice, tidy } from './environment.ts';

const key = 'composure.environments';

/** What the user chose for each project, remembered with the workspace. */
export class EnvironmentChoices implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** `id` is the project's, as discovered. */
  of(id: string): EnvironmentChoice | undefined {
    return this.#all()[id];
  }

  /** Instead of what was chosen before; `{}` is the standard. */
  async set(id: string, choice: EnvironmentChoice): Promise<void> {
    const { [id]: _, ...others } = this.#all();
    const kept = tidy(choice);
    await this.#state.update(key, kept === undefined ? others : { ...others, [id]: kept });
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #all(): Readonly<Record<string, EnvironmentChoice>> {
    return this.#state.get<Readonly<Record<string, EnvironmentChoice>>>(key, {});
  }
}

export interface EnvironmentsContext {
  readonly environments: EnvironmentChoices;
}

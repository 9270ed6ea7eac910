import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { parseFilter, type TreeFilter } from './tree-filter.ts';
import type { TreeOrder } from './tree-order.ts';

const key = 'composure.favourites';

/** What a person wants the tree to look like: order, favourites, what is filtered. Favourites are kept with the workspace. */
export class TreeChoices implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #text = '';
  #filter: TreeFilter | undefined;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  get order(): TreeOrder {
    return configuration.treeSort();
  }

  get filter(): TreeFilter | undefined {
    return this.#filter;
  }

  /** The filter as it was typed. */
  get filterText(): string {
    return this.#text;
  }

  setFilter(text: string): void {
    if (text.trim() === this.#text) return;
    this.#text = text.trim();
    this.#filter = parseFilter(text);
    this.#changed.fire();
  }

  /** Of a project, or of one of its services. */
  isFavourite(project: string, service?: string): boolean {
    return this.#favourites().includes(nameOf(project, service));
  }

  async setFavourite(project: string, service: string | undefined, on: boolean): Promise<void> {
    const name = nameOf(project, service);
    const others = this.#favourites().filter((each) => each !== name);
    await this.#state.update(key, on ? [...others, name] : others);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #favourites(): readonly string[] {
    return this.#state.get<readonly string[]>(key, []);
  }
}

export interface TreeChoicesContext {
  readonly choices: TreeChoices;
}

/** Names of projects hold no slash. */
function nameOf(project: string, service: string | undefined): string {
  return service === undefined ? project : `${project}/${service}`;
}

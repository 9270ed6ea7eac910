import type * as vscode from 'vscode';
import type { Applied } from './rollouts.ts';

/** What is kept of an apply: enough to undo it in another window. */
export type KeptUndo = Required<Pick<Applied, 'context' | 'folder' | 'undo'>>;

const key = 'composure.kubernetes.undo';
/** Projects of a workspace. The oldest goes first. */
const most = 5;
/** Characters. What is larger lives as long as the window. */
const largest = 1_000_000;

/**
 * What can be undone, beyond the window. Manifests hold secrets: their text is in the secret storage of VS Code, which encrypts it; the workspace knows only for
 * which projects there is something.
 */
export class KeptUndos {
  readonly #workspace: vscode.Memento;
  readonly #secrets: vscode.SecretStorage;
  /** One change after the other. */
  #done: Promise<void> = Promise.resolve();

  constructor(workspace: vscode.Memento, secrets: vscode.SecretStorage) {
    this.#workspace = workspace;
    this.#secrets = secrets;
  }

  /** By the ids of the projects. What cannot be read is not there. */
  async all(): Promise<ReadonlyMap<string, KeptUndo>> {
    const found = new Map<string, KeptUndo>();
    for (const id of this.#ids()) {
      const text = await this.#secrets.get(secretOf(id)).then(
        (value) => value,
        () => undefined,
      );
      const kept = text === undefined ? undefined : parsed(text);
      if (kept !== undefined) found.set(id, kept);
    }
    return found;
  }

  /** Instead of what was kept for this project; `undefined`: nothing. */
  async keep(id: string, kept: KeptUndo | undefined): Promise<void> {
    this.#done = this.#done.then(() => this.#write(id, kept)).catch(() => {});
    await this.#done;
  }

  async #write(id: string, kept: KeptUndo | undefined): Promise<void> {
    const text = kept === undefined ? '' : JSON.stringify(kept);
    const isKept = text !== '' && text.length <= largest;
    const others = this.#ids().filter((each) => each !== id);
    const ids = isKept ? [...others, id].slice(-most) : others;
    if (isKept) await this.#secrets.store(secretOf(id), text);
    for (const gone of [...others, id]) if (!ids.includes(gone)) await this.#secrets.delete(secretOf(gone));
    await this.#workspace.update(key, ids);
  }

  #ids(): readonly string[] {
    return this.#workspace.get<readonly string[]>(key, []);
  }
}

/** Of a project: its id is a path, and so another one in each workspace. */
function secretOf(id: string): string {
  return `${key}:${id}`;
}

function parsed(text: string): KeptUndo | undefined {
  try {
    return JSON.parse(text) as KeptUndo;
  } catch {
    return undefined;
  }
}

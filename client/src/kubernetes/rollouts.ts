import * as vscode from 'vscode';
import type { Followed } from '#engine/kubernetes/follow-rollout.ts';
import type { Undo } from '#engine/kubernetes/undo-apply.ts';

/** What came of the last apply of a project. */
export interface Applied {
  /** The cluster's, as `kubectl` calls it. */
  readonly context: string;
  /** The folder from which `kubectl` was run. */
  readonly folder: string;
  readonly followed: readonly Followed[];
  /** `undefined`: nothing has changed, or what was there before is not known. */
  readonly undo: Undo | undefined;
}

/** What was applied from this window, by the id of the project. Manifests hold secrets: nothing of it is kept on the disk. */
export class Rollouts implements vscode.Disposable {
  readonly #applied = new Map<string, Applied>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  of(id: string): Applied | undefined {
    return this.#applied.get(id);
  }

  set(id: string, applied: Applied): void {
    this.#applied.set(id, applied);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

export interface RolloutsContext {
  readonly rollouts: Rollouts;
}

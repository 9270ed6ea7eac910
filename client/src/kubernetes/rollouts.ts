import * as vscode from 'vscode';
import type { Followed } from '#engine/kubernetes/follow-rollout.ts';
import type { Undo } from '#engine/kubernetes/undo-apply.ts';
import type { KeptUndos } from './kept-undos.ts';

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

/** What was applied, by the id of the project: from this window, and of earlier ones what can be undone. */
export class Rollouts implements vscode.Disposable {
  readonly #applied = new Map<string, Applied>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #kept: KeptUndos | undefined;

  constructor(kept?: KeptUndos) {
    this.#kept = kept;
  }

  /** Takes up what earlier windows have left to undo. */
  async restore(): Promise<void> {
    for (const [id, kept] of (await this.#kept?.all()) ?? [])
      if (!this.#applied.has(id)) this.#applied.set(id, { ...kept, followed: [] });
    if (this.#applied.size > 0) this.#changed.fire();
  }

  of(id: string): Applied | undefined {
    return this.#applied.get(id);
  }

  set(id: string, applied: Applied): void {
    const { context, folder, undo } = applied;
    const isSame = this.#applied.get(id)?.undo === undo;
    this.#applied.set(id, applied);
    this.#changed.fire();
    if (!isSame) void this.#kept?.keep(id, undo && { context, folder, undo });
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

export interface RolloutsContext {
  readonly rollouts: Rollouts;
}

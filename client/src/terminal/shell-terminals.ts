import * as vscode from 'vscode';
import type { EngineSession } from '../workspace/engine-session.ts';
import { openShell, type ShellTarget } from './shell-terminal.ts';

/** Shells that are open; asking for the same one again brings its terminal back to the front. */
export class ShellTerminals implements vscode.Disposable {
  readonly #open = new Map<string, vscode.Terminal>();
  readonly #closing = vscode.window.onDidCloseTerminal((closed) => {
    for (const [key, terminal] of this.#open) if (terminal === closed) this.#open.delete(key);
  });

  show(engine: EngineSession, target: ShellTarget): vscode.Terminal {
    const key = JSON.stringify([target.containerId, target.command]);
    const known = this.#open.get(key);
    if (known !== undefined && known.exitStatus === undefined) {
      known.show();
      return known;
    }
    const terminal = openShell(engine, target);
    this.#open.set(key, terminal);
    return terminal;
  }

  dispose(): void {
    this.#closing.dispose();
  }
}

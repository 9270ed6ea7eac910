import * as vscode from 'vscode';
import type { Tunnel } from '#engine/debug/tunnel.ts';
import { debugType } from '../ids.ts';

/** What a session of ours is known by in its configuration. */
export const sessionKey = '__composureSession';

/** What goes with one debug session. */
export interface DebugLink {
  /** Absent: its debugger goes another way. */
  readonly tunnel: Tunnel | undefined;
  /** The container that it is for. */
  readonly container: string;
  /** Ends what was started beside the program. */
  readonly close: () => void;
  /** The program has stopped, at a breakpoint for example. */
  readonly onStop?: (() => void) | undefined;
  /** The session has ended; `byUser`: somebody ended it, so that nothing is to follow. */
  readonly onEnd: (byUser: boolean) => void;
}

interface Known extends DebugLink {
  /** How the session came to its end: what was seen of it first. */
  end?: 'user' | 'itself';
  waiting: NodeJS.Timeout;
}

/** A session that has not begun by then, in ms, was never started: a debugger that is missing, or somebody who thought better of it. */
const patience = 60_000;

/** The tunnels of debug sessions: each ends with its session, and all with the window. */
export class DebugSessions implements vscode.Disposable {
  readonly #known = new Map<string, Known>();
  readonly #disposables: readonly vscode.Disposable[];
  #count = 0;

  constructor(_context: unknown) {
    this.#disposables = [
      vscode.debug.onDidStartDebugSession((session) => {
        const known = this.#known.get(keyOf(session) ?? '');
        if (known !== undefined) clearTimeout(known.waiting);
      }),
      vscode.debug.onDidTerminateDebugSession((session) => {
        const key = keyOf(session);
        if (key !== undefined && session.parentSession === undefined) this.#end(key);
      }),
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: (session) => {
          const known = this.#known.get(keyOf(session) ?? '');
          return known === undefined ? undefined : tracker(known);
        },
      }),
    ];
  }

  /** The key to put into the session's configuration. */
  add(link: DebugLink): string {
    this.#count += 1;
    const key = `${debugType}-${this.#count}`;
    this.#known.set(key, { ...link, waiting: setTimeout(() => this.#end(key), patience) });
    return key;
  }

  /** The containers that are being debugged. */
  get containers(): ReadonlySet<string> {
    return new Set([...this.#known.values()].map(({ container }) => container));
  }

  dispose(): void {
    for (const key of [...this.#known.keys()]) this.#end(key, true);
    for (const each of this.#disposables) each.dispose();
  }

  #end(key: string, isOver = false): void {
    const known = this.#known.get(key);
    if (known === undefined) return;
    this.#known.delete(key);
    clearTimeout(known.waiting);
    known.tunnel?.close();
    known.close();
    known.onEnd(isOver || known.end !== 'itself');
  }
}

/** Sees whether it is the program or a person that ends a session. */
function tracker(known: Known): vscode.DebugAdapterTracker {
  return {
    onWillReceiveMessage(message: { readonly type?: string; readonly command?: string }) {
      if (message.type === 'request' && (message.command === 'disconnect' || message.command === 'terminate'))
        known.end ??= 'user';
    },
    onDidSendMessage(message: { readonly type?: string; readonly event?: string }) {
      if (message.type === 'event' && message.event === 'stopped') known.onStop?.();
      if (message.type === 'event' && (message.event === 'terminated' || message.event === 'exited'))
        known.end ??= 'itself';
    },
  };
}

/** Of a session, or of the one that it belongs to: debuggers open sessions below their own. */
function keyOf(session: vscode.DebugSession): string | undefined {
  for (let at: vscode.DebugSession | undefined = session; at !== undefined; at = at.parentSession) {
    const key: unknown = at.configuration[sessionKey];
    if (typeof key === 'string') return key;
  }
  return undefined;
}

import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { Settings } from '../ids.ts';
import type { Log } from '../shared/output.ts';
import { type ConnectTo, EngineSession } from './engine-session.ts';

/** Which engine something is on: the name of one that was added; absent for the chosen one. */
export interface OnEngine {
  readonly engine?: string | undefined;
}

/**
 * The engine that is chosen for the workspace, and those that were added to be seen beside it. Each has its connection, and its troubles, for
 * itself. One that was added connects when it is first looked at or worked with, and not again once it has been folded away until it is opened.
 */
export class Engines implements vscode.Disposable {
  readonly chosen: EngineSession;
  readonly #log: Log;
  readonly #connect: ConnectTo;
  readonly #added = new Map<
    string,
    { readonly session: EngineSession; readonly listening: vscode.Disposable }
  >();
  readonly #folded = new Set<string>();
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  /** One that was added has changed; `undefined`: there are others now. */
  readonly onDidChangeAdded = this.#changed.event;
  readonly #configured: vscode.Disposable;

  constructor(log: Log, connect: ConnectTo) {
    this.#log = log;
    this.#connect = connect;
    this.chosen = new EngineSession(log, connect);
    this.#configured = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(Settings.engines)) this.#read();
    });
    this.#read();
  }

  /** By name, as they were added. */
  get added(): ReadonlyMap<string, EngineSession> {
    return new Map([...this.#added].map(([name, { session }]) => [name, session]));
  }

  of({ engine }: OnEngine): EngineSession {
    return (engine === undefined ? undefined : this.#added.get(engine)?.session) ?? this.chosen;
  }

  /** The one that has the container, as far as anyone knows; else the chosen one. */
  holding(container: string): EngineSession {
    for (const { session } of this.#added.values())
      if (
        [session.snapshot.projects, session.snapshot.others].some((all) =>
          all.some(({ services }) => holds(services, container)),
        )
      )
        return session;
    return this.chosen;
  }

  /** The same while it is connected. */
  portHolding(container: string): EnginePort | undefined {
    return this.holding(container).current;
  }

  /** The row of it is open: from now on it is followed. */
  unfold(name: string): void {
    this.#folded.delete(name);
    this.#added.get(name)?.session.start();
  }

  /** It is looked at; not what a fold may still ask for. */
  look(name: string): void {
    if (!this.#folded.has(name)) this.#added.get(name)?.session.start();
  }

  /** Nobody looks at it any more: its connection ends. */
  fold(name: string): void {
    this.#folded.add(name);
    this.#added.get(name)?.session.stop();
  }

  /** All that are connected, anew. */
  refresh(): void {
    this.chosen.refresh();
    for (const [name, { session }] of this.#added) if (!this.#folded.has(name)) session.refresh();
  }

  dispose(): void {
    this.#configured.dispose();
    this.chosen.dispose();
    for (const name of [...this.#added.keys()]) this.#drop(name);
    this.#changed.dispose();
  }

  #read(): void {
    const names = new Set(configuration.engines());
    for (const name of [...this.#added.keys()]) if (!names.has(name)) this.#drop(name);
    for (const name of names) if (!this.#added.has(name)) this.#add(name);
    this.#changed.fire(undefined);
  }

  #add(name: string): void {
    const session = new EngineSession(this.#log, this.#connect, name);
    this.#added.set(name, { session, listening: session.onDidChange(() => this.#changed.fire(name)) });
  }

  #drop(name: string): void {
    const known = this.#added.get(name);
    this.#added.delete(name);
    this.#folded.delete(name);
    known?.listening.dispose();
    known?.session.dispose();
  }
}

function holds(
  services: readonly { readonly containers: readonly { readonly id: string }[] }[],
  container: string,
): boolean {
  return services.some(({ containers }) => containers.some(({ id }) => id.startsWith(container)));
}

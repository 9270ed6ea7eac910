import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { lastLineOf } from '#engine/logs/last-line.ts';
import {
  nothingSeen,
  type RuntimeChange,
  type RuntimeSnapshot,
  RuntimeStore,
} from '#engine/observe/runtime-store.ts';
import { Settings } from '../ids.ts';
import type { Log } from '../shared/output.ts';

/** Connects to the engine of that name; without one to the one that the settings name. */
export type ConnectTo = (name: string | undefined, signal: AbortSignal) => Promise<EnginePort>;

/**
 * The engine that the user's settings name, or one by its name, and what it runs. Connects when first asked, never in an untrusted
 * workspace; the first starts anew when the settings change.
 */
export class EngineSession implements vscode.Disposable {
  readonly #log: Log;
  readonly #connect: ConnectTo;
  readonly #name: string | undefined;
  readonly #changed = new vscode.EventEmitter<RuntimeChange>();
  readonly onDidChange = this.#changed.event;
  readonly #connected = new vscode.EventEmitter<void>();
  /** After each new connection. */
  readonly onConnect = this.#connected.event;
  readonly #disposables: vscode.Disposable[] = [this.#changed, this.#connected];
  #store: RuntimeStore | undefined;
  #saidConnection = '';
  /** Shown while a new connection is made to the same engine. */
  #before: RuntimeSnapshot | undefined;

  constructor(log: Log, connect: ConnectTo, name?: string) {
    this.#log = log;
    this.#connect = connect;
    this.#name = name;
    if (name !== undefined) return;
    this.#disposables.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(Settings.context) && !event.affectsConfiguration(Settings.host))
          return;
        this.#before = undefined;
        this.#restart();
      }),
    );
  }

  start(): void {
    if (this.#store !== undefined || !vscode.workspace.isTrusted) return;
    const store = new RuntimeStore((signal) => this.#connect(this.#name, signal), { lastLine: lastLineOf });
    this.#store = store;
    store.subscribe((change) => {
      const { connection } = change.snapshot;
      if (connection === 'connecting') return;
      const seen = this.#before === undefined ? [] : [...this.#before.projects, ...change.snapshot.projects];
      const projects = new Set([...change.projects, ...seen.map(({ name }) => name)]);
      this.#before = undefined;
      this.#tellConnection(change.snapshot);
      this.#changed.fire({ snapshot: change.snapshot, projects });
    });
    store.start();
  }

  get snapshot(): RuntimeSnapshot {
    const snapshot = this.#store?.snapshot() ?? nothingSeen;
    return snapshot.connection === 'connecting' ? (this.#before ?? snapshot) : snapshot;
  }

  /** The engine while connected. */
  get current(): EnginePort | undefined {
    return this.snapshot.connection === 'connected' ? this.#store?.engine : undefined;
  }

  /** At once instead of after the pause. */
  retry(): void {
    this.start();
    this.#store?.retry();
  }

  /** Looks at a project now; resolves when what it is by then is told, at once without a connection. */
  async look(project: string): Promise<void> {
    await this.#store?.look(project);
  }

  /** Looks at everything anew; what was seen before stays in view until that is done. */
  refresh(): void {
    this.#before = this.current === undefined ? undefined : this.snapshot;
    this.#restart();
  }

  /** Ends the connection until it is asked for again; what it ran is forgotten. */
  stop(): void {
    if (this.#store === undefined) return;
    this.#before = undefined;
    this.#end();
    this.#changed.fire({ snapshot: this.snapshot, projects: new Set() });
  }

  /** Whether there is a connection, or one is tried. */
  get started(): boolean {
    return this.#store !== undefined;
  }

  #restart(): void {
    this.#end();
    this.start();
    this.#changed.fire({ snapshot: this.snapshot, projects: new Set() });
  }

  #end(): void {
    this.#store?.dispose();
    this.#store = undefined;
    this.#saidConnection = '';
  }

  /** The engine, once connected. Rejects with `EngineError` when it cannot be reached or the signal fires. */
  async engine(signal: AbortSignal): Promise<EnginePort> {
    if (!vscode.workspace.isTrusted)
      throw new EngineError(
        'unsupported',
        vscode.l10n.t('This folder is in Restricted Mode. Nothing can be run from it.'),
      );
    this.start();
    const store = this.#store;
    if (store === undefined)
      throw new EngineError('unreachable', vscode.l10n.t('No Docker Engine is connected.'));
    if (store.engine !== undefined && store.snapshot().connection === 'connected') return store.engine;
    store.retry();
    return new Promise((resolve, reject) => {
      const done = () => {
        unsubscribe();
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        done();
        reject(new EngineError('cancelled', vscode.l10n.t('Canceled.')));
      };
      const unsubscribe = store.subscribe(({ snapshot }) => {
        if (snapshot.connection === 'connected' && store.engine !== undefined) {
          done();
          resolve(store.engine);
        } else if (snapshot.connection === 'disconnected') {
          done();
          reject(
            snapshot.error ?? new EngineError('unreachable', vscode.l10n.t('No Docker Engine is connected.')),
          );
        }
      });
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }

  dispose(): void {
    this.#store?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #tellConnection({ connection, error }: RuntimeSnapshot): void {
    const said = `${connection} ${error?.message ?? ''}`;
    if (said === this.#saidConnection) return;
    this.#saidConnection = said;
    const info = this.#store?.engine?.info;
    if (connection === 'connected' && info !== undefined) {
      this.#connected.fire();
      this.#log.info(
        `Connected to Docker Engine ${info.serverVersion} (API ${info.apiVersion}) at ${info.endpoint}.`,
      );
    } else if (connection === 'disconnected') this.#log.warn(error?.message ?? 'The engine is gone.');
  }
}

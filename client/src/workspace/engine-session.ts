import { homedir } from 'node:os';
import * as vscode from 'vscode';
import * as configuration from '../configuration.ts';
import { connect, type ConnectOptions } from '../engine/connect.ts';
import { EngineError } from '../engine/errors.ts';
import type { EnginePort } from '../engine/port.ts';
import { type RuntimeChange, type RuntimeSnapshot, RuntimeStore } from '../engine/store.ts';
import { Settings } from '../ids.ts';
import type { Log } from '../output.ts';

/**
 * The engine that the user's settings name, and what it runs. Connects when first asked, never in an untrusted workspace;
 * starts anew when the settings change.
 */
export class EngineSession implements vscode.Disposable {
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<RuntimeChange>();
  readonly onDidChange = this.#changed.event;
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #store: RuntimeStore | undefined;
  #saidConnection = '';

  constructor(log: Log) {
    this.#log = log;
    this.#disposables.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Settings.context) || event.affectsConfiguration(Settings.host))
          this.reconnect();
      }),
    );
  }

  start(): void {
    if (this.#store !== undefined || !vscode.workspace.isTrusted) return;
    const store = new RuntimeStore((signal) => connect(connectOptions(), signal));
    this.#store = store;
    store.subscribe((change) => {
      this.#logConnection(change.snapshot);
      this.#changed.fire(change);
    });
    store.start();
  }

  get snapshot(): RuntimeSnapshot {
    return this.#store?.snapshot() ?? { projects: [], connection: 'connecting', error: undefined };
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

  reconnect(): void {
    const projects = new Set(this.snapshot.projects.map(({ name }) => name));
    this.#store?.dispose();
    this.#store = undefined;
    this.#saidConnection = '';
    this.start();
    this.#changed.fire({ snapshot: this.snapshot, projects });
  }

  /** The engine, once connected. Rejects with `EngineError` when it cannot be reached or the signal fires. */
  async engine(signal: AbortSignal): Promise<EnginePort> {
    if (!vscode.workspace.isTrusted)
      throw new EngineError(
        'unsupported',
        vscode.l10n.t('This folder is in Restricted Mode: nothing is run from it.'),
      );
    this.start();
    const store = this.#store;
    if (store === undefined)
      throw new EngineError('unreachable', vscode.l10n.t('There is no Docker Engine.'));
    if (store.engine !== undefined && store.snapshot().connection === 'connected') return store.engine;
    store.retry();
    return new Promise((resolve, reject) => {
      const done = () => {
        unsubscribe();
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        done();
        reject(new EngineError('cancelled', vscode.l10n.t('Cancelled.')));
      };
      const unsubscribe = store.subscribe(({ snapshot }) => {
        if (snapshot.connection === 'connected' && store.engine !== undefined) {
          done();
          resolve(store.engine);
        } else if (snapshot.connection === 'disconnected') {
          done();
          reject(
            snapshot.error ?? new EngineError('unreachable', vscode.l10n.t('There is no Docker Engine.')),
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

  #logConnection({ connection, error }: RuntimeSnapshot): void {
    const said = `${connection} ${error?.message ?? ''}`;
    if (said === this.#saidConnection) return;
    this.#saidConnection = said;
    const info = this.#store?.engine?.info;
    if (connection === 'connected' && info !== undefined)
      this.#log.info(
        `Connected to Docker Engine ${info.serverVersion} (API ${info.apiVersion}) at ${info.endpoint}.`,
      );
    else if (connection === 'disconnected') this.#log.warn(error?.message ?? 'The engine is gone.');
  }
}

/** As the settings say, else as the Docker CLI would. */
export function connectOptions(): ConnectOptions {
  const context = configuration.context();
  const host = configuration.host();
  return {
    ...(context !== '' ? { context } : host !== '' ? { host } : {}),
    environment: process.env,
    home: homedir(),
    platform: process.platform,
  };
}

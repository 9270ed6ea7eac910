import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { LogSelection } from '#engine/logs/log-source.ts';
import { logBatches } from '#engine/logs/read-logs.ts';
import * as configuration from '../shared/configuration.ts';
import { errorText } from '../shared/error-text.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { EngineSession } from '../workspace/engine-session.ts';
import type { Engines } from '../workspace/engines.ts';
import { LogFormatter } from './log-format.ts';

const { l10n } = vscode;

export interface LogTarget {
  readonly selection: LogSelection;
  /** The engine, where that is not the chosen one. */
  readonly engine?: string | undefined;
  /** What is followed, for the terminal's name: `shop`, `shop · web`. */
  readonly title: string;
  /** All of the project's, for their colours. */
  readonly services: readonly string[];
}

/** At most this much waits to be written, in characters, and at most this long, in ms. */
const flush = { size: 65_536, period: 16 };

/** Terminals that follow logs; asking for the same logs again brings their terminal back to the front. */
export class LogTerminals implements vscode.Disposable {
  readonly #engines: Engines;
  readonly #open = new Map<string, vscode.Terminal>();
  readonly #closing = vscode.window.onDidCloseTerminal((closed) => {
    for (const [key, terminal] of this.#open) if (terminal === closed) this.#open.delete(key);
  });

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  show(target: LogTarget): vscode.Terminal {
    const key = JSON.stringify([target.engine ?? '', target.selection]);
    const known = this.#open.get(key);
    if (known !== undefined && known.exitStatus === undefined) {
      known.show(true);
      return known;
    }
    const terminal = vscode.window.createTerminal({
      name: target.title,
      iconPath: new vscode.ThemeIcon('output'),
      pty: new LogPseudoterminal(this.#engines.of(target), target),
      isTransient: true,
    });
    this.#open.set(key, terminal);
    terminal.show(true);
    return terminal;
  }

  dispose(): void {
    this.#closing.dispose();
    for (const terminal of this.#open.values()) terminal.dispose();
  }
}

/** Follows until it is closed: over restarts of containers, and of the engine. */
class LogPseudoterminal implements vscode.Pseudoterminal {
  readonly #engine: EngineSession;
  readonly #target: LogTarget;
  readonly #formatter: LogFormatter;
  readonly #write = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#write.event;
  readonly #life = new AbortController();
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;
  /** The time of the last line shown: after a break the logs go on behind it. */
  #last: string | undefined;
  #used: EnginePort | undefined;

  constructor(engine: EngineSession, target: LogTarget) {
    this.#engine = engine;
    this.#target = target;
    this.#formatter = new LogFormatter(
      target.selection.project,
      target.services,
      configuration.logsTimestamps(),
    );
  }

  open(): void {
    void this.#follow();
  }

  close(): void {
    this.#life.abort();
    clearTimeout(this.#timer);
    this.#write.dispose();
  }

  handleInput(data: string): void {
    // Ctrl+L; everything else has no one to go to.
    if (data === '\x0c') this.#write.fire('\x1b[2J\x1b[3J\x1b[H');
  }

  async #follow(): Promise<void> {
    const { signal } = this.#life;
    while (!signal.aborted) {
      try {
        await this.#read(signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#push(this.#formatter.note(maskSecrets(firstLine(errorText(error)))));
        if (!(error instanceof EngineError) || error.kind !== 'unreachable') return;
      }
      if (await this.#engineIsBack(signal)) this.#push(this.#formatter.note(l10n.t('The engine is back')));
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const engine = await this.#engine.engine(signal);
    this.#used = engine;
    const options = {
      follow: true,
      ...(this.#last === undefined ? { tail: configuration.logsTail() } : { since: unixTime(this.#last) }),
      onUnreadable: (name: string, error: EngineError) =>
        this.#push(this.#formatter.note(`${name}: ${maskSecrets(errorText(error))}`)),
    };
    const resumed = this.#last;
    for await (const batch of logBatches(engine, this.#target.selection, options, signal)) {
      let text = '';
      for (const line of batch) {
        if (resumed !== undefined && line.time !== undefined && line.time <= resumed) continue;
        if (line.time !== undefined) this.#last = line.time;
        text += this.#formatter.format(line);
      }
      this.#push(text);
    }
  }

  /** Another connection than the one that broke. `false` when the terminal was closed meanwhile. */
  async #engineIsBack(signal: AbortSignal): Promise<boolean> {
    const { current } = this.#engine;
    if (current !== undefined && current !== this.#used) return true;
    return new Promise((resolve) => {
      const done = (back: boolean) => {
        listening.dispose();
        signal.removeEventListener('abort', onAbort);
        resolve(back);
      };
      const onAbort = () => done(false);
      const listening = this.#engine.onDidChange(({ snapshot }) => {
        if (snapshot.connection === 'connected') done(true);
      });
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  #push(text: string): void {
    if (text === '' || this.#life.signal.aborted) return;
    this.#waiting += text;
    if (this.#waiting.length >= flush.size) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), flush.period);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') this.#write.fire(text);
  }
}

/** RFC 3339 with nanoseconds as the Engine takes it: Unix seconds with a fraction. */
function unixTime(time: string): string {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '0';
  return `${Math.floor(Date.parse(time.replace(/\.\d+/, '')) / 1000)}.${fraction}`;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

export interface LogTerminalsContext {
  readonly logTerminals: LogTerminals;
}

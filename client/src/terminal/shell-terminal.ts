import * as vscode from 'vscode';
import { type ExecSession, endKeys, exec, pickShell } from '#engine/exec/exec.ts';
import { errorText } from '../shared/error-text.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { EngineSession } from '../workspace/engine-session.ts';

const { l10n } = vscode;

export interface ShellTarget {
  readonly containerId: string;
  /** For the terminal's name: `shop · web-1`. */
  readonly title: string;
  /** Empty: the best shell the container has. */
  readonly command: readonly string[];
  /** Absent: as the container has them. */
  readonly user?: string;
  readonly workingDir?: string;
  /** Besides the container's: `NAME=value`. */
  readonly env?: readonly string[];
}

export function openShell(engine: EngineSession, target: ShellTarget): vscode.Terminal {
  const terminal = vscode.window.createTerminal(shellOptions(engine, target));
  terminal.show();
  return terminal;
}

export function shellOptions(engine: EngineSession, target: ShellTarget): vscode.ExtensionTerminalOptions {
  return {
    name: target.title,
    iconPath: new vscode.ThemeIcon('terminal'),
    pty: new ShellPseudoterminal(engine, target),
    isTransient: true,
  };
}

/** Exit status of what was killed: as a rule because its container ended, which is told of by itself and not by VS Code once more. */
const killed = 137;

/** A command in a container with a terminal: input, size and exit code go through. */
class ShellPseudoterminal implements vscode.Pseudoterminal {
  readonly #engine: EngineSession;
  readonly #target: ShellTarget;
  readonly #write = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#write.event;
  readonly #close = new vscode.EventEmitter<number | undefined>();
  readonly onDidClose = this.#close.event as vscode.Event<number>;
  readonly #life = new AbortController();
  #size: vscode.TerminalDimensions | undefined;
  #session: ExecSession | undefined;
  /** Typed before the shell was there. */
  #early = '';

  constructor(engine: EngineSession, target: ShellTarget) {
    this.#engine = engine;
    this.#target = target;
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.#size ??= size;
    void this.#run();
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#size = size;
    void this.#session?.resize(size);
  }

  handleInput(data: string): void {
    if (this.#session === undefined) this.#early += data;
    else this.#session.write(Buffer.from(data));
  }

  close(): void {
    // The engine has no hang-up for a program that is begun in a container.
    this.#session?.write(endKeys);
    this.#session?.end();
    this.#life.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#life;
    try {
      const engine = await this.#engine.engine(signal);
      const { containerId } = this.#target;
      const command =
        this.#target.command.length > 0 ? this.#target.command : await pickShell(engine, containerId, signal);
      const session = await exec(
        engine,
        containerId,
        {
          command,
          tty: true,
          env: ['TERM=xterm-256color', ...(this.#target.env ?? [])],
          ...(this.#target.user !== undefined && { user: this.#target.user }),
          ...(this.#target.workingDir !== undefined && { workingDir: this.#target.workingDir }),
          ...(this.#size !== undefined && { size: this.#size }),
        },
        signal,
      );
      this.#session = session;
      if (this.#size !== undefined) void session.resize(this.#size);
      if (this.#early !== '') session.write(Buffer.from(this.#early));
      const decoder = new TextDecoder();
      for await (const { data } of session.output) this.#write.fire(decoder.decode(data, { stream: true }));
      const code = await session.exitCode;
      this.#close.fire(code === killed ? undefined : code);
    } catch (error) {
      if (signal.aborted) return;
      const message = maskSecrets(errorText(error));
      this.#write.fire(`\r\n\x1b[31m${message.replaceAll('\n', '\r\n')}\x1b[0m\r\n`);
      this.#write.fire(`\x1b[2m${l10n.t('Close this terminal, or press Enter to try again.')}\x1b[0m\r\n`);
      this.handleInput = (data) => {
        if (data.includes('\r')) this.#close.fire(undefined);
      };
    }
  }
}

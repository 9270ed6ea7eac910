import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { maskKnown, maskSecrets } from '../shared/mask.ts';
import { connectOptions } from '../workspace/engine-options.ts';
import { type CommandLine, describe } from './command-line.ts';
import { CommandStreams } from './command-streams.ts';

const { l10n } = vscode;

/** Called when a command begins; what it returns, when it is over. */
export type Begin = () => () => void;

/** Runs a command in a terminal of its own, which stays when it has ended: Enter runs it again, any other key closes it. */
export function openCommand(
  title: string,
  commandLine: CommandLine,
  icon: string,
  begin?: Begin,
): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: title,
    iconPath: new vscode.ThemeIcon(icon),
    pty: new CommandPseudoterminal(commandLine, { stays: true, begin }),
    isTransient: true,
  });
  terminal.show();
  return terminal;
}

/** A command of the command line in a terminal, run here, over the Engine API. Closing the terminal interrupts it. */
export class CommandPseudoterminal implements vscode.Pseudoterminal {
  readonly #commandLine: CommandLine;
  readonly #stays: boolean;
  readonly #begin: Begin | undefined;
  readonly #write = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#write.event;
  readonly #close = new vscode.EventEmitter<number>();
  readonly onDidClose = this.#close.event;
  #streams: CommandStreams | undefined;
  #size: vscode.TerminalDimensions | undefined;
  #ended: number | undefined;
  #closed = false;

  constructor(
    commandLine: CommandLine,
    { stays, begin }: { readonly stays: boolean; readonly begin?: Begin | undefined },
  ) {
    this.#commandLine = commandLine;
    this.#stays = stays;
    this.#begin = begin;
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.#size ??= size;
    void this.#run();
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#size = size;
    this.#streams?.resize(size);
  }

  handleInput(data: string): void {
    if (this.#ended === undefined) this.#streams?.type(data);
    else if (data === '\r') void this.#run();
    else this.#close.fire(this.#ended);
  }

  close(): void {
    this.#closed = true;
    if (this.#ended !== undefined) return;
    this.#streams?.end();
    this.#streams?.interrupt();
  }

  async #run(): Promise<void> {
    this.#ended = undefined;
    const streams = new CommandStreams((text) => {
      // A task's output is kept and matched for problems; in a terminal of one's own one sees what one asked for.
      if (!this.#closed) this.#write.fire(this.#stays ? text : maskKnown(text));
    });
    this.#streams = streams;
    if (this.#size !== undefined) streams.resize(this.#size);
    streams.say(`\x1b[2m> ${maskSecrets(describe(this.#commandLine))}\x1b[0m\r\n`);
    const end = this.#begin?.();
    const status = await runCommand(this.#commandLine, streams);
    end?.();
    if (this.#stays) {
      const how =
        status === 0
          ? l10n.t('Done. Press Enter to run it again, or any other key to close the terminal.')
          : l10n.t(
              'Exit code {0}. Press Enter to run it again, or any other key to close the terminal.',
              status,
            );
      streams.say(`\r\n\x1b[2m${how}\x1b[0m\r\n`);
    }
    streams.flush();
    this.#ended = status;
    if (!this.#stays) this.#close.fire(status);
  }
}

/** Resolves with the exit status, also when something went wrong that nobody expected: that is then in the output. */
export async function runCommand(
  { words, cwd, engine }: CommandLine,
  streams: Pick<CommandStreams, 'input' | 'createOutput' | 'onInterrupt'> &
    Partial<Pick<CommandStreams, 'hangup'>>,
  onContainerExit?: (service: string, code: number) => void,
): Promise<number> {
  const errors = streams.createOutput();
  if (!vscode.workspace.isTrusted) {
    errors.write(`${l10n.t('This folder is in Restricted Mode. Nothing can be run from it.')}\n`);
    return 1;
  }
  const { context, host } = connectOptions(engine);
  try {
    const { run } = await import('#cli/dispatch.ts');
    return await run(
      [
        ...(context === undefined ? [] : ['--context', context]),
        ...(host === undefined ? [] : ['--host', host]),
        ...words,
      ],
      {
        input: streams.input,
        output: streams.createOutput(),
        errors,
        environment: process.env,
        cwd,
        home: homedir(),
        platform: process.platform,
        onInterrupt: (handler) => streams.onInterrupt(handler),
        hangup: streams.hangup,
        onContainerExit,
      },
    );
  } catch (error) {
    errors.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
}

import type * as vscode from 'vscode';
import type { Output } from '#cli/frame/io.ts';
import type { CommandLine } from './command-line.ts';
import { runCommand } from './command-terminal.ts';

/** Runs a command without a terminal and collects what it writes, in its order. Cancelling interrupts it. */
export async function capture(
  commandLine: CommandLine,
  token: vscode.CancellationToken,
): Promise<{ readonly status: number; readonly output: string }> {
  let output = '';
  const createOutput = (): Output => {
    const decoder = new TextDecoder();
    return {
      isTerminal: false,
      size: () => undefined,
      write: (text) => {
        output += typeof text === 'string' ? text : decoder.decode(text, { stream: true });
      },
      drained: () => Promise.resolve(),
      onResize: () => () => {},
    };
  };
  const status = await runCommand(commandLine, {
    input: { isTerminal: false, setRaw: () => {}, read: nothing },
    createOutput,
    onInterrupt: (handler) => {
      const listening = token.onCancellationRequested(handler);
      return () => listening.dispose();
    },
  });
  return { status, output };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

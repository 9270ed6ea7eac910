import * as vscode from 'vscode';
import { maskSecrets } from './mask.ts';

let channel: vscode.LogOutputChannel | undefined;

/** The channel "Compose", for people and for the language client. */
export function outputChannel(context: vscode.ExtensionContext): vscode.LogOutputChannel {
  if (channel === undefined) {
    channel = vscode.window.createOutputChannel('Compose', { log: true });
    context.subscriptions.push(channel);
  }
  return channel;
}

/** What is written to the channel by this extension itself; secrets are masked. */
export class Log {
  readonly #channel: vscode.LogOutputChannel;

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  info(message: string): void {
    this.#channel.info(maskSecrets(message));
  }

  warn(message: string): void {
    this.#channel.warn(maskSecrets(message));
  }

  error(message: string): void {
    this.#channel.error(maskSecrets(message));
  }

  show(): void {
    this.#channel.show(true);
  }
}

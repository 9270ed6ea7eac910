import * as vscode from 'vscode';
import { maskSecrets } from './mask.ts';

/** The language client and the workbench, loaded apart, write to one channel: the first that asks makes it. */
const channels = new WeakMap<vscode.ExtensionContext, vscode.LogOutputChannel>();

/** The channel "Compose", for people and for the language client. */
export function outputChannel(context: vscode.ExtensionContext): vscode.LogOutputChannel {
  const known = channels.get(context);
  if (known !== undefined) return known;
  const channel = vscode.window.createOutputChannel('Compose', { log: true });
  channels.set(context, channel);
  context.subscriptions.push(channel);
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

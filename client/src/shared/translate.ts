import { formatMessage, type Message } from '#engine/api/message.ts';

/**
 * A text in the user's language: the English text is its key, `{0}`, `{1}`, … stand for the arguments. Handed to what has to run without
 * VS Code; there it is `vscode.l10n.t`.
 */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** What the engine says in the user's language. */
export function messageText(message: Message, t: Translate): string {
  return formatMessage(message, (text) => t(text));
}

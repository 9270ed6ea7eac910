import { l10n } from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import { messageText } from './translate.ts';

/** What an error says, in the user's language where it is ours; the engine's own words stay as they are. */
export function errorText(error: unknown): string {
  if (error instanceof EngineError && error.said !== undefined) return messageText(error.said, l10n.t);
  return error instanceof Error ? error.message : String(error);
}

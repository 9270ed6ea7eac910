import { l10n } from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import { formatMessage } from '#engine/api/message.ts';

/** What an error says, in the user's language where it is ours; the engine's own words stay as they are. */
export function errorText(error: unknown): string {
  if (error instanceof EngineError && error.said !== undefined)
    return formatMessage(error.said, (text) => l10n.t(text));
  return error instanceof Error ? error.message : String(error);
}

import { l10n } from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import { maskSecrets } from './mask.ts';
import { messageText } from './translate.ts';

/** What an error says, in the user's language where it is ours; the engine's own words stay as they are. Without secrets. */
export function errorText(error: unknown): string {
  if (error instanceof EngineError && error.said !== undefined)
    return maskSecrets(messageText(error.said, l10n.t));
  return maskSecrets(error instanceof Error ? error.message : String(error));
}

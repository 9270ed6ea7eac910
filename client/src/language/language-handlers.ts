import type { ExtensionScope, LogContext } from '../workspace/contexts.ts';
import { LanguageCommands } from './language-command-ids.ts';

export const languageHandlers = {
  [LanguageCommands.showOutput]: ({ log }: LogContext) => log.show(),
  [LanguageCommands.restartLanguageServer]: async ({ context }: ExtensionScope) =>
    (await import('./language-client.ts')).restartLanguage(context),
};

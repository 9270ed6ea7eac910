import { env } from 'vscode';
import { catalogueFor } from '#compose/problem/catalogues.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { PhraseValue } from '#compose/problem/phrase.ts';
import { maskSecrets } from './mask.ts';

/** What is wrong with a project's files, in the language of VS Code. Without secrets. */
export function phraseText(phrase: PhraseValue): string {
  return maskSecrets(formatPhrase(phrase, catalogueFor(env.language)));
}

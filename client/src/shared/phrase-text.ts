import { env } from 'vscode';
import { catalogueFor } from '#compose/problem/catalogues.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { PhraseValue } from '#compose/problem/phrase.ts';

/** What is wrong with a project's files, in the language of VS Code. */
export function phraseText(phrase: PhraseValue): string {
  return formatPhrase(phrase, catalogueFor(env.language));
}

import { catalogueFor } from '#compose/problem/catalogues.ts';
import {
  type Catalogue,
  type Phrase,
  type PhraseKey,
  type PhraseValue,
  phrasesOf,
} from '#compose/problem/phrase.ts';
import { englishWords } from './en.ts';
import { frenchWords } from './fr.ts';

export type WordKey = keyof typeof englishWords;

/** All that the server says, in one language: about files, and beside that. */
export type Words = Catalogue & Readonly<Record<WordKey, string>>;

/** A title, a detail, a remark, before it is put into words. */
export type Wording = Phrase<WordKey | PhraseKey>;

export type WordingValue = PhraseValue<WordKey | PhraseKey>;

/** A phrase of the server's own with its values. */
export const wording = phrasesOf<typeof englishWords>();

/** By the language subtag of a locale. */
const byLanguage: Readonly<Record<string, Readonly<Record<WordKey, string>>>> = {
  en: englishWords,
  fr: frenchWords,
};

/** The words for a client's locale; English where there are none. */
export function wordsFor(locale: string | undefined): Words {
  const catalogue = catalogueFor(locale);
  return { ...catalogue, ...(byLanguage[catalogue.language] ?? englishWords) };
}

import { catalogueFor, loadCatalogue } from '#compose/problem/catalogues.ts';
import {
  type Catalogue,
  type Phrase,
  type PhraseKey,
  type PhraseValue,
  phrasesOf,
} from '#compose/problem/phrase.ts';
import { englishWords } from './en.ts';

export type WordKey = keyof typeof englishWords;

/** All that the server says, in one language: about files, and beside that. */
export type Words = Catalogue &
  Readonly<Record<WordKey, string>> & {
    /** What the schema says about attributes, by its English text; absent in English. */
    readonly descriptions?: ReadonlyMap<string, string>;
  };

/** A title, a detail, a remark, before it is put into words. */
export type Wording = Phrase<WordKey | PhraseKey>;

export type WordingValue = PhraseValue<WordKey | PhraseKey>;

/** A phrase of the server's own with its values. */
export const wording = phrasesOf<typeof englishWords>();

/** The words in English, which need no loading. */
export const englishCatalogue: Words = { ...catalogueFor('en'), ...englishWords };

/** The words for a client's locale; English where there are none. What is not English is loaded for who reads it. */
export async function loadWords(locale: string | undefined): Promise<Words> {
  const catalogue = await loadCatalogue(locale);
  if (catalogue.language !== 'fr') return englishCatalogue;
  const [{ frenchWords }, { descriptions }] = await Promise.all([
    import('./fr.ts'),
    import('./fr/descriptions.ts'),
  ]);
  return { ...catalogue, ...frenchWords, descriptions };
}

import type { english } from './messages/en.ts';
import type { ArgumentsOf } from './template-names.ts';

/** The phrases of one language, by key. */
export type Catalogue = Readonly<Record<PhraseKey, string>>;

export type PhraseKey = keyof typeof english;

/**
 * What is said to a person, before it is put into words: which phrase of a catalogue, and what stands in its places. It becomes text at the edges only
 * (`format-phrase.ts`), in the reader's language; nothing in between may depend on how it is worded.
 */
export interface Phrase<Key extends string = PhraseKey> {
  readonly key: Key;
  readonly values?: Readonly<Record<string, PhraseValue<Key>>>;
}

export type PhraseValue<Key extends string = PhraseKey> =
  | string
  | number
  | bigint
  | Phrase<Key>
  | PhraseList<Key>
  | PhraseCount;

/** Things one after the other: `a, b and c`, `a, b or c`, `a, b, c`, or `a -> b -> c`. */
export interface PhraseList<Key extends string = PhraseKey> {
  readonly kind: 'and' | 'or' | 'plain' | 'chain';
  readonly items: readonly PhraseValue<Key>[];
}

/** A large number, written as the language writes it: `1,000,000`. */
export interface PhraseCount {
  readonly kind: 'count';
  readonly count: number;
}

/** A phrase of the catalogue with the values that its English text asks for; a missing or misspelt one does not compile. */
export const phrase = phrasesOf<typeof english>();

/** Makes phrases of a catalogue, whose English texts are the type. */
export function phrasesOf<Templates extends Readonly<Record<string, string>>>() {
  type Keys = keyof Templates & string;
  return <Key extends Keys>(
    key: Key,
    ...[values]: ArgumentsOf<Templates[Key], PhraseValue<Keys | PhraseKey>>
  ): Phrase<Keys | PhraseKey> => (values === undefined ? { key } : { key, values });
}

/** A sentence and the one that follows it, if there is one: what is wrong, and what to do. */
export function withAdvice(first: Phrase, advice: Phrase | undefined): Phrase {
  return advice === undefined ? first : phrase('sentences', { first, second: advice });
}

export function allOf(items: readonly PhraseValue[]): PhraseList {
  return { kind: 'and', items };
}

export function anyOf(items: readonly PhraseValue[]): PhraseList {
  return { kind: 'or', items };
}

export function listOf(items: readonly PhraseValue[]): PhraseList {
  return { kind: 'plain', items };
}

export function chainOf(items: readonly PhraseValue[]): PhraseList {
  return { kind: 'chain', items };
}

export function countOf(count: number): PhraseCount {
  return { kind: 'count', count };
}

/** Equal for phrases that say the same, without wording them. */
export function phraseIdentity<Key extends string>({ key, values }: Phrase<Key>): string {
  if (values === undefined) return key;
  return `${key} ${JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`;
}

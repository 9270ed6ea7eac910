import { english } from './messages/en.ts';
import type { Catalogue, PhraseList, PhraseValue } from './phrase.ts';
import { fillTemplate } from './template-names.ts';

/** The phrases that a catalogue has beyond those about files, by key. */
type More<Key extends string> = Catalogue & Readonly<Record<Key, string>>;

/** A phrase in the words of a catalogue; without one in English. For the edges: nothing reads what comes out but a person. */
export function formatPhrase(phrase: PhraseValue, catalogue?: Catalogue): string;
export function formatPhrase<Key extends string>(phrase: PhraseValue<Key>, catalogue: More<Key>): string;
export function formatPhrase(
  phrase: PhraseValue<string>,
  catalogue: Readonly<Record<string, string>> = english,
): string {
  return format(phrase, catalogue);
}

type Texts = Readonly<Record<string, string>>;

function format(phrase: PhraseValue<string>, texts: Texts): string {
  if (typeof phrase !== 'object') return String(phrase);
  if ('kind' in phrase) {
    return phrase.kind === 'count'
      ? phrase.count.toLocaleString(texts['language'])
      : formatList(phrase, texts);
  }
  const { key, values } = phrase;
  const template = texts[key] ?? key;
  if (values === undefined) return template;
  return fillTemplate(template, (name) => {
    const value = values[name];
    return value === undefined ? `{${name}}` : format(value, texts);
  });
}

/** For two items, and for more. */
const listKeys = {
  and: ['list.and', 'list.and.several'],
  or: ['list.or', 'list.or.several'],
} as const;

function formatList({ kind, items }: PhraseList<string>, texts: Texts): string {
  const words = items.map((item) => format(item, texts));
  if (kind === 'chain') return words.join(' -> ');
  if (kind === 'plain') return words.join(', ');
  const last = words.pop();
  if (last === undefined) return '';
  if (words.length === 0) return last;
  const template = texts[listKeys[kind][words.length === 1 ? 0 : 1]] ?? '';
  return fillTemplate(template, (name) => (name === 'last' ? last : words.join(', ')));
}

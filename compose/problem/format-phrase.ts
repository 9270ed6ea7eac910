import { english } from './messages/en.ts';
import type { Catalogue, PhraseList, PhraseValue } from './phrase.ts';
import { fillTemplate } from './template-names.ts';

/** A phrase in the words of a catalogue; without one in English. For the edges: nothing reads what comes out but a person. */
export function formatPhrase(phrase: PhraseValue, catalogue: Catalogue = english): string {
  if (typeof phrase !== 'object') return String(phrase);
  if ('kind' in phrase) {
    return phrase.kind === 'count'
      ? phrase.count.toLocaleString(catalogue.language)
      : formatList(phrase, catalogue);
  }
  const { key, values } = phrase;
  if (values === undefined) return catalogue[key];
  return fillTemplate(catalogue[key], (name) => {
    const value = values[name];
    return value === undefined ? `{${name}}` : formatPhrase(value, catalogue);
  });
}

function formatList({ kind, items }: PhraseList, catalogue: Catalogue): string {
  const words = items.map((item) => formatPhrase(item, catalogue));
  if (kind === 'chain') return words.join(' -> ');
  const last = words.pop();
  if (last === undefined) return '';
  if (words.length === 0) return last;
  const template = catalogue[kind === 'and' ? 'list.and' : 'list.or'];
  return fillTemplate(template, (name) => (name === 'last' ? last : words.join(', ')));
}

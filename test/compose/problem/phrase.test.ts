import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { catalogueFor, loadCatalogue } from '#compose/problem/catalogues.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { english } from '#compose/problem/messages/en.ts';
import { french } from '#compose/problem/messages/fr.ts';
import {
  allOf,
  anyOf,
  chainOf,
  countOf,
  phrase,
  type PhraseKey,
  phraseIdentity,
  withAdvice,
} from '#compose/problem/phrase.ts';
import { namesIn } from '#compose/problem/template-names.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('formatPhrase', () => {
  it('puts values and other phrases into their places', () => {
    const wanted = anyOf([phrase('type.string'), phrase('type.list'), phrase('type.mapping')]);
    const what = phrase('quoted', { name: 'image' });
    expect(formatPhrase(phrase('schema-type', { what, wanted, value: phrase('type.list') }))).toBe(
      '"image" must be text, a list, or a mapping, but is a list.',
    );
  });

  it('leaves braces in values and `$` of values alone', () => {
    expect(formatPhrase(phrase('unset-variable', { name: '{name} $& $1' }))).toBe(
      'The variable "{name} $& $1" is not set, so it is blank.',
    );
    expect(formatPhrase(phrase('plain-text-secret', { name: 'TOKEN' }))).toContain('from .env as ${TOKEN}.');
  });

  it.each([
    [allOf(['a']), 'a'],
    [allOf(['a', 'b']), 'a and b'],
    [anyOf(['a', 'b', 'c']), 'a, b, or c'],
    [anyOf([]), ''],
    [chainOf(['a', 'b', 'a']), 'a -> b -> a'],
    [countOf(1_000_000), '1,000,000'],
    [10_000, '10000'],
    [2n ** 64n, '18446744073709551616'],
  ])('words lists and numbers: %#', (value, text) => {
    expect(formatPhrase(value)).toBe(text);
  });

  it('adds advice only where there is some', () => {
    const first = phrase('invalid-restart', { text: 'alway' });
    expect(formatPhrase(withAdvice(first, undefined))).toBe('"alway" is not a valid restart policy.');
    expect(formatPhrase(withAdvice(first, phrase('did-you-mean', { suggestion: 'always' })))).toBe(
      '"alway" is not a valid restart policy. Did you mean "always"?',
    );
  });
});

test('names are words in braces, whatever else has braces', () => {
  expect(namesIn('`${{name}}` and {other}')).toEqual(['name', 'other']);
  expect(namesIn('{ } {} ${NAME} {two words} "${": a "}"')).toEqual([]);
});

test('phrases that say the same have one identity', () => {
  const of = (name: string) => phraseIdentity(phrase('unset-variable', { name }));
  expect(of('A')).toBe(of('A'));
  expect(of('A')).not.toBe(of('B'));
  expect(phraseIdentity(phrase('yaml-tab'))).toBe('yaml-tab');
  expect(phraseIdentity(phrase('too-many-items', { most: 10n }))).toContain('10');
});

test('a locale without a catalogue reads English', () => {
  expect(catalogueFor('xx-YY')).toBe(english);
  expect(catalogueFor(undefined)).toBe(english);
  expect(catalogueFor('en-US')).toBe(english);
});

test('French says everything that English says, with the same values', async () => {
  expect(Object.keys(french)).toEqual(Object.keys(english));
  const valuesOf = (catalogue: Readonly<Record<string, string>>) =>
    Object.entries(catalogue).map(([key, text]) => [key, [...new Set(namesIn(text))].toSorted()]);
  expect(valuesOf(french)).toEqual(valuesOf(english));
  expect(catalogueFor('fr-CA')).toBe(english);
  expect(await loadCatalogue('fr-CA')).toBe(french);
  expect(catalogueFor('fr')).toBe(french);
});

test('a sentence in French ends as its English one does', () => {
  const ending = (text: string) => /[.?!]$/.exec(text)?.[0] ?? '';
  for (const [key, text] of Object.entries(english))
    expect([key, ending(french[key as PhraseKey])]).toEqual([key, ending(text)]);
});

test('every phrase is said somewhere', () => {
  const rooms = ['compose', 'disk', 'engine', 'server/src', 'client/src'];
  const source = rooms.map((room) => sourceOf(join(root, room))).join('\n');
  const started = [...source.matchAll(/`([\w.-]+[.-])\$\{/g)].map(([, start = '']) => start);
  const unused = Object.keys(english).filter(
    (key) =>
      key !== 'language' &&
      !source.includes(`'${key}'`) &&
      !started.some((start) => /^[\w-]+$/.test(key.slice(start.length)) && key.startsWith(start)),
  );
  expect(unused).toEqual([]);
});

function sourceOf(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'messages' ? [] : sourceOf(path);
      return entry.name.endsWith('.ts') ? readFileSync(path, 'utf8') : [];
    })
    .join('\n');
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { english } from '#compose/problem/messages/en.ts';
import { namesIn } from '#compose/problem/template-names.ts';
import rawSchema from '#compose/schema/compose-spec.schema.json' with { type: 'json' };
import { englishWords } from '../../server/src/words/en.ts';
import { frenchWords } from '../../server/src/words/fr.ts';
import { descriptions } from '../../server/src/words/fr/descriptions.ts';

test('a key of the server’s is none of those about files', () => {
  expect(Object.keys(englishWords).filter((key) => key in english)).toEqual([]);
});

test('French says everything that English says, with the same values', () => {
  expect(Object.keys(frenchWords)).toEqual(Object.keys(englishWords));
  const valuesOf = (words: Readonly<Record<string, string>>) =>
    Object.entries(words).map(([key, text]) => [key, [...new Set(namesIn(text))].toSorted()]);
  expect(valuesOf(frenchWords)).toEqual(valuesOf(englishWords));
});

test('every attribute of the specification is described in French, with the same values', () => {
  const english = new Set<string>();
  const collect = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part))
      if (key === 'description' && typeof value === 'string') english.add(value);
      else collect(value);
  };
  collect(rawSchema);
  expect(english.size).toBeGreaterThan(300);
  expect([...descriptions.keys()].toSorted()).toEqual([...english].toSorted());
  for (const [said, french] of descriptions) {
    expect(french, said).toMatch(/[.…]$/);
    expect(french, said).not.toMatch(/['"]|\S»|«\S/);
    // What is to be written in the file is no word of any language: quoted values, numbers with a unit.
    for (const [value] of said.matchAll(/\b\d+[smg]\b|(?<=')[\w.=/-]+(?=')/g))
      if (value !== 'hostname') expect(french, said).toContain(value);
  }
});

test('every wording is used somewhere', () => {
  const source = sourceOf(fileURLToPath(new URL('../../server/src', import.meta.url)));
  const started = [...source.matchAll(/`([\w.-]+[.-])\$\{/g)].map(([, start = '']) => start);
  const unused = Object.keys(englishWords).filter(
    (key) =>
      !source.includes(`'${key}'`) &&
      !started.some((start) => key.startsWith(start) && /^\w+$/.test(key.slice(start.length))),
  );
  expect(unused).toEqual([]);
});

function sourceOf(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'words' ? [] : sourceOf(path);
      return entry.name.endsWith('.ts') ? readFileSync(path, 'utf8') : [];
    })
    .join('\n');
}

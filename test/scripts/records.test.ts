import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const rooms = ['compose', 'disk', 'engine', 'cli', 'server/src', 'client/src'];
const keeper = 'compose/values/record.ts';

/** What of the model has names for keys that people write. */
const sections = 'services|networks|volumes|secrets|configs|models|depends_on|disabled|enabled';

/** Ways to make a record that has `constructor` in it although nobody put it there, where it can be looked up. */
const ways: readonly (readonly [string, (text: string) => readonly string[]])[] = [
  ['Object.fromEntries: use recordOf', found(/\bObject\.fromEntries\(/g)],
  ['an empty object to be filled: use recordOf()', found(/: Record<string, [^;{}]*> = \{\};/g)],
  [
    'a spread of what is keyed by names: use mergedRecord',
    found(new RegExp(`\\{ \\.\\.\\.[\\w.?]*\\b(?:${sections})\\b`, 'g')),
  ],
  [
    'a lookup in an empty object: use ?. instead of ?? {}',
    (text) => [
      ...found(/\?\? \{\}\)\[(?!')/g)(text),
      ...[...text.matchAll(/const (\w+)(?:: [^=\n]*)? =\s[^;]*\?\? \{\};/g)].flatMap(([whole, name = '']) =>
        new RegExp(`[^.\\w]${name}\\[(?!')`).test(text) ? [whole] : [],
      ),
      ...[...text.matchAll(/\b(\w+)(?:: [^=,;\n]*)? = \{\}[,)]/g)].flatMap(([whole, name = '']) =>
        new RegExp(`[^.\\w]${name}\\[(?!')`).test(text) ? [whole] : [],
      ),
    ],
  ],
];

function found(pattern: RegExp): (text: string) => readonly string[] {
  return (text) => [...text.matchAll(pattern)].map(([whole]) => whole);
}

function mistakesIn(text: string): readonly string[] {
  return ways.flatMap(([why, look]) => look(text).map((each) => `${each}: ${why}`));
}

it('are looked up without what every object has', () => {
  const files = rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(room, path)),
  );
  expect(files.length).toBeGreaterThan(500);
  const mistakes = files
    .filter((file) => file !== keeper)
    .flatMap((file) => mistakesIn(readFileSync(file, 'utf8')).map((mistake) => `${file}: ${mistake}`));
  expect(mistakes).toEqual([]);
});

it.each([
  'const a = Object.fromEntries(b);',
  'const a: Record<string, Service> = {};',
  'const b = { services: { ...project.services, web } };',
  'const scale = options.scale ?? {};\nconst count = scale[name];',
  'const count = (options.scale ?? {})[name];',
  'function f(images: Images = {}) { return images[name]; }',
])('finds %j', (text) => {
  expect(mistakesIn(text)).toHaveLength(1);
});

import { describe, expect, test } from 'vitest';
import { formatPath } from '#compose/values/path.ts';
import { cursorContext } from '#compose/syntax/cursor.ts';

/** The context at `‸`, as one line of text. */
function at(marked: string): string {
  const offset = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const context = cursorContext(text, offset);
  if (context === undefined) return 'nothing';
  const fits = (['key', 'item', 'scalar'] as const).filter((kind) => context.fits[kind]).join('|');
  let line = `${fits} ${formatPath(context.path)}`;
  if (context.word !== '') line += ` word=${context.word}`;
  const replaced = text.slice(context.start, context.end);
  if (replaced !== context.word) line += ` replaces=${replaced}`;
  if (context.keys.length > 0) line += ` keys=${context.keys}`;
  if (context.items.length > 0) line += ` items=${context.items}`;
  if (context.quote !== '') line += ` quote=${context.quote}`;
  if (context.colonFollows) line += ' colon';
  if (context.spaceOwed) line += ' owes-space';
  return line;
}

const cases: readonly (readonly [name: string, text: string, expected: string])[] = [
  ['an empty file', '‸', 'key '],
  ['the first word', 'ser‸', 'key  word=ser'],
  ['after a byte order mark', '\uFEFF‸', 'key '],
  ['a second top-level key', 'name: a\n‸\nvolumes:\n', 'key  keys=name,volumes'],
  ['above everything', '‸\nservices:\n  web: {}\n', 'key  keys=services'],
  ['at the first key', '‸services:\n  web: {}\nname: x\n', 'key  replaces=services keys=name colon'],
  ['a first service', 'services:\n  ‸', 'key|item|scalar services'],
  ['before other services', 'services:\n  ‸\n  web:\n', 'key services keys=web'],
  [
    'a key among siblings',
    'services:\n  web:\n    image: a\n    ‸\n    ports: []\n',
    'key services.web keys=image,ports',
  ],
  ['a half-typed key', 'services:\n  web:\n    im‸\n    ports: []\n', 'key services.web word=im keys=ports'],
  ['inside a key', 'services:\n  web:\n    im‸age: a\n', 'key services.web word=im replaces=image colon'],
  ['a value', 'services:\n  web:\n    restart: al‸\n', 'scalar services.web.restart word=al'],
  ['the end of a value', 'services:\n  web:\n    restart: always # c‸\n', 'nothing'],
  ['a value not begun', 'services:\n  web:\n    restart: ‸\n', 'scalar services.web.restart'],
  [
    'a value without its space',
    'services:\n  web:\n    restart:‸\n',
    'scalar services.web.restart owes-space',
  ],
  [
    'a quoted value',
    'services:\n  web:\n    restart: "al‸ways"\n',
    'scalar services.web.restart word=al replaces=always quote="',
  ],
  [
    'a quote being typed',
    'services:\n  web:\n    restart: "al‸\n    ports: []\n',
    'scalar services.web.restart word=al quote="',
  ],
  ['behind a finished word', 'a: b ‸', 'nothing'],
  ['after a closed quote', 'a: "b" ‸', 'nothing'],
  [
    'a list item',
    'services:\n  web:\n    depends_on:\n      - db\n      - ‸\n',
    'key|scalar services.web.depends_on[1] items=db',
  ],
  [
    'a list item half-typed',
    'services:\n  web:\n    depends_on:\n      - d‸\n      - db\n',
    'key|scalar services.web.depends_on[0] word=d',
  ],
  [
    'the next item without its dash',
    'services:\n  web:\n    depends_on:\n      - db\n      ‸\n',
    'item services.web.depends_on items=db',
  ],
  [
    'a list as far left as its key',
    'services:\n  web:\n    depends_on:\n    - db\n    - ‸\n',
    'key|scalar services.web.depends_on[1] items=db',
  ],
  [
    'a key after such a list',
    'services:\n  web:\n    depends_on:\n    - db\n    ‸\n',
    'key services.web keys=depends_on',
  ],
  ['a key in a list item', 'a:\n  - source: x\n    ‸\n', 'key a[0] keys=source'],
  ['a value in a list item', 'a:\n  - source: x‸\n', 'scalar a[0].source word=x'],
  ['the second item of maps', 'a:\n  - b: 1\n  - c‸\n    d: 1\n', 'key|scalar a[1] word=c keys=d'],
  ['lists in lists', 'a:\n  - - x\n    - ‸', 'key|scalar a[0][1] items=x'],
  ['under a scalar', 'a: b\n  ‸', 'nothing'],
  ['before a first key that is further left', ' ‸\na: 1', 'nothing'],
  ['too far left', '  a:\n    b: 1\n‸', 'nothing'],
  ['between two depths', 'a:\n    b: 1\n  ‸', 'nothing'],
  ['a comment', 'a: 1\n# ‸', 'nothing'],
  ['text of a block scalar', 'a: |\n  foo\n  ‸\nb: 1', 'nothing'],
  ['after a block scalar', 'a: |\n  foo\n‸', 'key  keys=a'],
  ['a hash inside a value', 'a: b#c‸', 'scalar a word=b#c'],
  ['a tag before the value', 'a: !override ‸', 'scalar a'],
  ['an anchor on a map', 'a: &x\n  b: 1\n  ‸', 'key a keys=b'],
  ['an alias', 'a: &x 1\nb: *‸', 'scalar b word=*'],
  ['a merge key', 'a: &x {}\nb:\n  <<: *x‸', 'scalar b.<< word=*x'],
  ['quoted keys', '"a b":\n  \'c\':\n    ‸', 'key|item|scalar a b.c'],
  ['a second document', 'a: 1\n---\n‸', 'key '],
  ['CRLF', 'services:\r\n  web:\r\n    im‸\r\n', 'key|item|scalar services.web word=im'],
  ['CRLF after a value', 'a:\r\n  b: c‸\r\n', 'scalar a.b word=c'],
  ['a flow list', 'a: [x, ‸]', 'scalar a[1] items=x'],
  ['a flow list, left open', 'a:\n  b: [x, y‸\n  c: 1\n', 'scalar a.b[1] word=y items=x'],
  ['a flow map', 'a: {‸}', 'key a'],
  ['a flow map with keys', 'a: {b: 1, c‸, d: 2}', 'key a word=c keys=b,d'],
  ['a flow value', 'a: {b: ‸}', 'scalar a.b keys=b'],
  ['a flow map over lines', 'a: {\n  b: {\n    ‸\n  }\n}\n', 'key a.b'],
  ['a quoted flow item', 'a: ["x", "y‸"]', 'scalar a[1] word=y items=x quote="'],
  ['a flow top level', '{services: {web: {im‸}}}', 'key services.web word=im'],
  ['after a closed flow', 'a: [x] ‸', 'nothing'],
  ['an open bracket above does not swallow the file', 'a:\n  b: [x,\nc:\n  ‸', 'key|item|scalar c'],
  ['a URL is not a key', 'a: http://x‸', 'scalar a word=http://x'],
  ['a non-ASCII key', 'services:\n  données:\n    ‸', 'key|item|scalar services.données'],
];

describe('cursor context', () => {
  test.each(cases)('%s', (_name, text, expected) => {
    expect(at(text)).toBe(expected);
  });

  test('every place of a text is answered without an exception', () => {
    for (const [, marked] of cases) {
      const text = marked.replace('‸', '');
      for (let offset = 0; offset <= text.length; offset += 1) {
        const context = cursorContext(text, offset);
        if (context === undefined) continue;
        expect(context.start).toBeLessThanOrEqual(offset);
        expect(context.end).toBeGreaterThanOrEqual(offset);
      }
    }
  });
});

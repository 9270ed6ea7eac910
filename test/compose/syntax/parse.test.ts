import { describe, expect, test } from 'vitest';
import { parse } from '#compose/syntax/parse.ts';
import { type Plain, toPlain } from '#compose/syntax/to-plain.ts';
import { readAnnotated, showProblems } from '../annotated.ts';

function values(text: string): readonly (Plain | undefined)[] {
  return parse('test:', text).documents.map(({ root }) => (root === undefined ? undefined : toPlain(root)));
}

/** The problems are those under the lines, and the tree is there all the same. */
function check(marked: string, tree: unknown): void {
  const { text, expected } = readAnnotated(marked);
  expect(showProblems(text, parse('test:', text).problems)).toEqual(expected);
  expect(values(text)).toEqual([tree]);
}

describe('a half-typed file keeps the rest of its tree', () => {
  test('a key that is still being typed', () => {
    check(
      `
services:
  web:
    image: nginx
    por
#   ^^^ yaml-missing-colon
    restart: always
`,
      { services: { web: { image: 'nginx', restart: 'always' } } },
    );
  });

  test('the last key of a file', () => {
    check(
      `
services:
  web:
    image: nginx
    por
#   ^^^ yaml-missing-colon`,
      { services: { web: { image: 'nginx' } } },
    );
  });

  test('no space after the colon', () => {
    check(
      `
services:
  web:
    image:nginx
#        ^ yaml-missing-space
    ports:
      - 80
`,
      { services: { web: { image: 'nginx', ports: [80] } } },
    );
  });

  test('a colon in a value', () => {
    check(
      `
services:
  web:
    command: echo a: b
#            ^^^^^^^^^ yaml-nested-mapping
    ports:
      - 80
  db: {}
`,
      { services: { web: { command: 'echo a: b', ports: [80] }, db: {} } },
    );
  });

  test.each(['"', "'"])('a quote %s without its end, the last of the file', (quote) => {
    const { text, expected } = readAnnotated(`
services:
  web:
    image: ${quote}nginx
#          ^^^^^^ yaml-unclosed-quote
    ports:
      - 80
`);
    expect(showProblems(text, parse('test:', text).problems)).toEqual(expected);
    expect(values(text)).toEqual([{ services: { web: { image: 'nginx', ports: [80] } } }]);
  });

  test('a lone quote', () => {
    check(
      `
a: "
#  ^ yaml-unclosed-quote
b: 1
`,
      { a: '', b: 1 },
    );
  });

  test('two quotes without their ends', () => {
    check(
      `
a: "x
#  ^^ yaml-unclosed-quote
b: 1
c: 'y
#  ^^ yaml-unclosed-quote
d: 2
`,
      { a: 'x', b: 1, c: 'y', d: 2 },
    );
  });

  test('a bracket without its end', () => {
    check(
      `
services:
  web:
    ports: ["80"
#          ^ yaml-unclosed-bracket
    image: nginx
  db: {}
`,
      { services: { web: { ports: ['80'], image: 'nginx' }, db: {} } },
    );
  });

  test('brackets that are closed further left than they were opened are fine', () => {
    check(
      `
services:
  web:
    ports: [{
      target: 80
    }]
    command: ["a",
    "b"]
    image: nginx
`,
      { services: { web: { ports: [{ target: 80 }], command: ['a', 'b'], image: 'nginx' } } },
    );
  });

  test('so are quoted texts that go on further left', () => {
    check('services:\n  web:\n    command: "a\n  b"\n    image: x\n', {
      services: { web: { command: 'a b', image: 'x' } },
    });
  });

  test('tabs for indentation', () => {
    check(
      `
services:
\tweb:
#<- yaml-tab
\t\timage: nginx
#<-- yaml-tab
`,
      { services: { web: { image: 'nginx' } } },
    );
  });

  test('lines that do not line up', () => {
    check(
      `
services:
  web:
    image: nginx
      ports:
#     ^^^^^ yaml-bad-indent
      - 80
    restart: always
   command: x
#  ^^^^^^^ yaml-bad-indent
`,
      { services: { web: { image: 'nginx', ports: [80], restart: 'always' }, command: 'x' } },
    );
  });

  test('a list that begins on the line of its key', () => {
    check(
      `
ports: - 80
#      ^ yaml-unexpected
x: y
`,
      { ports: null, x: 'y' },
    );
  });

  test('an item without its dash', () => {
    const { text, expected } = readAnnotated(`
a:
  - x: 1
  y: 2
# ^ yaml-bad-indent
b: 3
`);
    const { problems, documents } = parse('test:', text);
    expect(problems).toHaveLength(1);
    expect(expected).toHaveLength(1);
    expect(documents[0]?.root?.kind).toBe('map');
  });

  test('text after a closing quote', () => {
    check(
      `
a: "x" y
#      ^ yaml-unexpected
b: 1
`,
      { a: 'x', b: 1 },
    );
  });

  test('characters that cannot begin a value', () => {
    check(
      `
a: @x
#  ^^ yaml-bad-character
b: \`x\`
#  ^^^ yaml-bad-character
c: "\\q"
#   ^^ yaml-bad-escape
`,
      { a: '@x', b: '`x`', c: '\\q' },
    );
  });

  test('commas', () => {
    check(
      `
a: [x, , y,]
#      ^ yaml-unexpected
b: {c: 1, d: 2,}
e: ["x" "y"]
#       ^ yaml-missing-comma
`,
      { a: ['x', 'y'], b: { c: 1, d: 2 }, e: ['x', 'y'] },
    );
  });
});

describe('what is not Compose, though it is YAML', () => {
  test('keys given twice, with the first place', () => {
    const { text, expected } = readAnnotated(`
services:
  a: {image: x}
  b: {image: x}
  a: {image: y}
# ^ duplicate-key
`);
    const { problems } = parse('test:', text);
    expect(showProblems(text, problems)).toEqual(expected);
    const first = problems[0]?.related?.[0]?.span;
    expect(text.slice(first?.start, first?.end)).toBe('a');
    expect(first?.start).toBe(text.indexOf('a: {image: x}'));
    expect(problems[0]?.path).toBe('services.a');
  });

  test('two merge keys', () => {
    check(
      `
a: &a {x: 1}
b:
  <<: *a
  <<: *a
# ^^ duplicate-key
`,
      { a: { x: 1 }, b: { '<<': null } },
    );
  });

  test('keys that are not text', () => {
    check(
      `
1: a
#<- yaml-non-string-key
true: b
#<---- yaml-non-string-key
"2": c
yes: d
`,
      expect.anything(),
    );
  });

  test('aliases of nothing and of themselves', () => {
    check(
      `
a: *b
#  ^^ yaml-unknown-anchor
c: &c {d: *c}
#         ^^ yaml-alias-cycle
`,
      { a: null, c: { d: null } },
    );
  });

  test('values that their tags do not fit', () => {
    check(
      `
a: !!int x
#        ^ yaml-bad-tag
b: !!str 1
c: !!float 1
d: !!binary aGk=
e: !own 1
f: !reset [1]
`,
      { a: 'x', b: '1', c: 1, d: 'hi', e: '1', f: [1] },
    );
  });
});

describe('documents', () => {
  test.each([
    ['', 0],
    ['# only a comment\n', 0],
    ['---\n', 1],
    ['a: 1\n', 1],
    ['a: 1\n...\n', 1],
    ['a: 1\n---\nb: 2\n', 2],
    ['a: 1\n---\n', 2],
    ['a: 1\n---\n# nothing\n', 2],
    ['%YAML 1.2\n---\na: 1\n', 1],
  ])('%j has %d', (text, count) => {
    const { documents, problems } = parse('test:', text);
    expect(problems).toEqual([]);
    expect(documents).toHaveLength(count);
  });

  test('an empty one has no root', () => {
    expect(values('a: 1\n---\n# nothing\n')).toEqual([{ a: 1 }, undefined]);
  });

  test('anchors end with their document', () => {
    const text = 'a: &a 1\nb: *a\n---\nc: *a\n';
    expect(showProblems(text, parse('test:', text).problems)).toEqual(['4:4 yaml-unknown-anchor: *a']);
  });

  test('a byte order mark and CRLF', () => {
    const text = '\ufeffa: "x"\r\nb:\r\n  - y\r\nc: |\r\n  z\r\n';
    expect(parse('test:', text).problems).toEqual([]);
    expect(values(text)).toEqual([{ a: 'x', b: ['y'], c: 'z\n' }]);
  });
});

describe('limits', { timeout: 60_000 }, () => {
  const deep = (open: string, close: string, count: number): string =>
    open.repeat(count) + close.repeat(count);
  const blockDeep = Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}k:\n`).join('');
  const big = 'key: value\n'.repeat(10_000_000 / 11);

  test.each<[string, string, string]>([
    ['brackets, 1,000 deep', deep('[', ']', 1000), 'yaml-too-deep'],
    ['braces, 100,000 deep', `a: ${deep('{a: ', '}', 100_000)}`, 'yaml-too-deep'],
    ['dashes, 100,000 deep', '- '.repeat(100_000), 'yaml-too-deep'],
    ['mappings, 1,000 deep', blockDeep, 'yaml-too-deep'],
    ['anchors, 100,000 in a row', `a: ${'&a '.repeat(100_000)}`, 'yaml-too-deep'],
    ['tags, 100,000 in a row', `a: ${'!a '.repeat(100_000)}`, 'yaml-too-deep'],
    ['10 MB of keys', big, 'yaml-too-many-nodes'],
    ['10 MB of blank lines', '\n'.repeat(10_000_000), 'yaml-too-many-nodes'],
    ['more than 10 MB', 'x'.repeat(10_000_001), 'yaml-too-large'],
    ['101,000 items', `a:\n${'- 1\n'.repeat(101_000)}`, 'yaml-too-many-nodes'],
  ])('%s', (_name, text, code) => {
    const codes = parse('test:', text).problems.map((problem) => problem.code);
    expect(codes).toContain(code);
  });

  test('10 MB of one text is no problem', () => {
    const text = `a: "${'x'.repeat(9_999_000)}"\n`;
    expect(parse('test:', text).problems).toEqual([]);
  });

  test('problems end at a hundred', () => {
    expect(parse('test:', 'a: @x\n'.repeat(500)).problems).toHaveLength(100);
  });
});

test('spans: value, key, tag, anchor, style', () => {
  const text = 'k: &anchor !override "v"  # c\nl: [a,  b ]\nm: |\n  x\n  y\n\nn:\n';
  const root = parse('test:', text).documents[0]?.root;
  const shown =
    root?.kind === 'map'
      ? root.entries.map(({ key, value }) => [
          text.slice(key.span.start, key.span.end),
          text.slice(value.span.start, value.span.end),
          value.keySpan === key.span,
          value.tag,
          value.anchor,
          value.kind === 'scalar' ? value.style : value.kind,
        ])
      : [];
  expect(shown).toEqual([
    ['k', '"v"', true, '!override', 'anchor', 'double'],
    ['l', '[a,  b ]', true, undefined, undefined, 'seq'],
    ['m', '|\n  x\n  y', true, undefined, undefined, 'literal'],
    ['n', '', true, undefined, undefined, 'plain'],
  ]);
});

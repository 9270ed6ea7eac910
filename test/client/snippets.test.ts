import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { validateSchema } from '#compose/schema/validate.ts';
import { parse } from '#compose/syntax/parse.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { templateImages } from '#compose/values/template-images.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const file = fileURLToPath(new URL('../../snippets/compose.json', import.meta.url));
const snippets = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Snippet>>;

/** The text with every placeholder left as it is suggested. */
function expanded(body: readonly string[]): string {
  const defaults = new Map<string, string>();
  let text = body.join('\n');
  for (let changed = true; changed; ) {
    const before = text;
    text = text.replace(
      /(?<!\\)\$\{(\d+)(?::([^{}]*)|\|([^,|]*)[^|]*\|)\}/g,
      (_all, id: string, plain, choice) => {
        const value = String(plain ?? choice ?? defaults.get(id) ?? '');
        if (!defaults.has(id)) defaults.set(id, value);
        return value;
      },
    );
    changed = text !== before;
  }
  return text.replace(/(?<!\\)\$\d/g, '').replaceAll('\\$', '$');
}

function indented(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}

/** A compose file around a snippet: it is a whole one, a section, a service, or attributes of a service. */
function around(text: string): string {
  const first = text.split('\n')[0] ?? '';
  const isSection = /^(?:services|include|x-[\w-]+):/.test(first);
  const isTopSection =
    /^(?:networks|secrets|configs):$/.test(first) && /^ {2}[\w-]+:\n {4}(?:file|internal):/m.test(text);
  if (isSection || isTopSection) return text.startsWith('services') ? text : `${text}\nservices: {}\n`;
  if (/^[\w-]+:\n {2}(?:image|build):/.test(text)) return `services:\n${indented(text, 2)}\n`;
  const anchor = text.includes('*common') ? 'x-common: &common {restart: always}\n' : '';
  return `${anchor}services:\n  web:\n    image: nginx:1\n${indented(text, 4)}\n`;
}

test.each(Object.entries(snippets))('%s is right as it is suggested', (_name, snippet) => {
  const text = around(expanded(snippet.body));
  const parsed = parse('memory:', text);
  expect(parsed.problems, text).toEqual([]);
  for (const document of parsed.documents) {
    const { root, problems } = resolveDocument(document);
    expect(problems, text).toEqual([]);
    if (root !== undefined) expect(validateSchema(root, { interpolated: true }), text).toEqual([]);
  }
});

test('prefixes are different', () => {
  const prefixes = Object.values(snippets).flatMap(({ prefix }) => prefix);
  expect(prefixes.filter((prefix, i) => prefixes.indexOf(prefix) !== i)).toEqual([]);
});

test('images are those of the templates', () => {
  const known: readonly string[] = Object.values(templateImages);
  const images = Object.values(snippets).flatMap(({ body }) =>
    [...expanded(body).matchAll(/^\s*image: (\S+)$/gm)].map(([, image = '']) => image),
  );
  expect(images.length).toBeGreaterThan(10);
  expect(images.filter((image) => image !== 'image:tag' && !known.includes(image))).toEqual([]);
});

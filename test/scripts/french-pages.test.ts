import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
/** Examples; what is said in their comments is in the page's language. */
const codeOf = (page: string) =>
  [...page.matchAll(/^```[\s\S]*?^```$/gm)].map(([block]) => block.replaceAll(/ # .*$/gm, ' #'));

/** The sections of a page: the title of each, and what of it is the same in every language. */
function sections(page: string) {
  return page.split(/^(?=#{2,3} )/m).map((section) => ({
    level: /^#*/.exec(section)?.[0].length ?? 0,
    code: /^### ([\w-]+)$/m.exec(section)?.[1],
    examples: codeOf(section),
    fixes: section.match(/\b(?:Fix|Correction) ?:/g)?.length ?? 0,
    severities: [...section.matchAll(/\*\(([^)]+)\)\*/g)].map(
      ([, severity = '']) => severities[severity] ?? severity,
    ),
  }));
}

const severities: Readonly<Record<string, string>> = {
  erreur: 'error',
  avertissement: 'warning',
  conseil: 'hint',
  'erreur ; avertissement pour un Dockerfile': 'error; a warning for a Dockerfile',
  'conseil ; avertissement si l’image est présente sur le moteur et n’en a pas':
    'hint; warning when the image is on the engine and has none',
};

it('every diagnostic has its French twin: the same places, examples, severities and fixes', () => {
  const english = sections(text('docs/diagnostics.md'));
  expect(english.filter(({ code }) => code !== undefined).length).toBeGreaterThan(150);
  expect(sections(text('docs/fr/diagnostics.md'))).toEqual(english);
});

it('the first stack is the same in French', () => {
  const [english, french] = ['docs/first-stack.md', 'docs/fr/first-stack.md'].map(text);
  expect(codeOf(french ?? '')).toEqual(codeOf(english ?? ''));
  const steps = (page = '') => page.match(/^## \d/gm);
  expect(steps(french)).toEqual(steps(english));
});

it('the page about deploying has the same examples, steps and attributes in French', () => {
  const [english, french] = ['docs/deploy.md', 'docs/fr/deploy.md'].map(text);
  expect(codeOf(french ?? '')).toEqual(codeOf(english ?? ''));
  const rows = (page = '') => page.match(/^\|/gm)?.length;
  expect(rows(french)).toBe(rows(english));
  const code = (page = '') =>
    page
      .replace(/^```[\s\S]*?^```$/gm, '')
      .match(/`[^`]+`/g)
      ?.sort();
  expect(code(french)).toEqual(code(english));
});

it('the commands of the course are the same in French, under the titles they have there', () => {
  const [english, french] = ['docs/course.md', 'docs/fr/course.md'].map(text);
  const commands = (page = '') =>
    [...page.matchAll(/^\| (`.*?) \| /gm)].map(([, cell = '']) => cell.match(/`[^`]+`/g));
  expect(commands(french)).toEqual(commands(english));
  expect(codeOf(french ?? '')).toEqual(codeOf(english ?? ''));
  const texts = JSON.parse(text('package.nls.fr.json')) as Readonly<Record<string, string>>;
  const titles = Object.entries(texts).flatMap(([key, title]) => (key.startsWith('command.') ? [title] : []));
  const named = [...(french ?? '').matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) =>
    name.replace(/^Plus › /, ''),
  );
  expect(named.filter((name) => !titles.includes(name))).toEqual([]);
});

it('states have the same icons in French, and the words that rows show there', () => {
  const rows = (path: string) =>
    [...text(path).matchAll(/^\| [^|]+ \| (`[^|]+) \| [^|]+ \| ([^|]+) \|/gm)].map(
      ([, icon = '', word = '']) => ({
        icon,
        words: [...word.matchAll(/\*([^*\d(,·]+)/g)].map(([, each = '']) => each.trim()),
      }),
    );
  const [english, french] = [rows('docs/states.md'), rows('docs/fr/states.md')];
  expect(english.length).toBeGreaterThan(15);
  expect(french.map(({ icon }) => icon)).toEqual(english.map(({ icon }) => icon));
  const bundle = JSON.parse(text('l10n/bundle.l10n.fr.json')) as Readonly<Record<string, string>>;
  for (const [at, { words }] of english.entries())
    expect(french[at]?.words).toEqual(words.map((word) => bundle[word]));
});

it('every setting is on the page of settings, with its default', () => {
  const { contributes } = JSON.parse(text('package.json')) as {
    readonly contributes: {
      readonly configuration: readonly {
        readonly properties: Readonly<Record<string, { default: unknown }>>;
      }[];
    };
  };
  const rows = new Map(
    [...text('docs/settings.md').matchAll(/^\| `([\w.]+)` \| (.+?) \| .+ \|$/gm)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
  const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
  expect([...rows.keys()].toSorted()).toEqual(settings.map(([name]) => name).toSorted());
  for (const [name, { default: value }] of settings) {
    const said = rows.get(name) ?? '';
    if (typeof value === 'boolean') expect(said, name).toBe(value ? 'on' : 'off');
    else if (value === '') expect(said, name).toBe('empty');
    else if (typeof value === 'string' || typeof value === 'number')
      expect(said.replaceAll('`', ''), name).toBe(String(value));
  }
});

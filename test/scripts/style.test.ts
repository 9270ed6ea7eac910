import { expect, it } from 'vitest';
import { sentencesOf } from '../../scripts/sentences.mjs';

/** What docs/glossary.md says of how texts are written, held over every text that a person sees. */

interface Sentence {
  readonly language: 'en' | 'fr';
  readonly source: string;
  readonly key: string;
  readonly text: string;
}

type Rule = readonly [why: string, isBroken: (sentence: Sentence) => boolean];

const sentences: readonly Sentence[] = sentencesOf();
/** Of the product itself: the pages have Markdown, and code within their lines. */
const said = sentences.filter(({ source }) => ['manifest', 'code', 'problems', 'server'].includes(source));
/** Comments in a file that the user goes on writing, where no-break spaces would stand out. */
const isWrittenToFile = ({ key }: Sentence) => key.startsWith('docker-run.');
/** As Docker Compose says it, for who knows or searches its words. */
const isComposes = ({ text }: Sentence) =>
  /Found orphan containers|compose label|(?:in|doesn't match configuration in) (?:the |your )?compose file|created by compose|no such service|MUST include/.test(
    text,
  );
/** Without what stands in backticks, or in quotes: it is said as it is written elsewhere. */
const prose = (text: string) => text.replaceAll(/`[^`]*`|"[^"]*"|«[^»]*»|\]\([^)]*\)|https?:\S+/g, '');

/** Not said, and what is said in their place. */
const terms: Readonly<Record<'en' | 'fr', readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/\bby hand\b/i, 'manually'],
    [/\b(?:lower|upper)-case\b/i, 'lowercase, uppercase'],
    [/\b(?:small|capital) letters\b/i, 'lowercase, uppercase letters'],
    [/\bcolour|behaviour|neighbour|cancell(?:ed|ing)\b/i, 'American spelling'],
    [/\bas whom\b|\bwhose logs\b/i, 'a plain sentence'],
    [/\bunder your feet\b/i, 'can change at any time'],
    [/(?<!\bthere) is no (?!longer\b|such\b)\w+/i, 'is not a …'],
    [/\bfiles? of variables\b/i, 'env file'],
    [/\bwas cut\b/i, 'was lost'],
    [/\bwas asked for\b/i, 'was requested'],
    [/\bno longer there\b|\bis not there\b|\bis there already\b/i, 'exists, does not exist'],
    [/\b(?:environment|dotenv) files?\b/i, 'env file'],
    [/\bcompose files?\b/, 'Compose file'],
    [/\b(?:please|sorry|oops)\b/i, 'nothing'],
  ],
  fr: [
    [/étiquette/i, 'tag, label'],
    [/\bpiles?\b(?! de)/i, 'stack'],
    [/malsain/i, 'en mauvaise santé'],
    [/moteur Docker/i, 'Docker Engine'],
    [/fichiers? de variables/i, 'fichier d’environnement'],
    [/fichiers? compose\b/, 'fichier Compose'],
    [/\bla socket\b/i, 'le socket'],
    [/\brépertoire/i, 'dossier'],
    [/condensat/i, 'digest'],
    [/pousse[rz]\b/i, 'envoyer'],
  ],
};

const english: readonly Rule[] = [
  ['quotes and apostrophes are straight', ({ text }) => /[“”‘’]/.test(text)],
  [
    'of three and more, a comma stands before the last',
    ({ text }) => /\b[\w-]+, (?!(?:0|zero) or more)[\w-]+ (?:and|or) [\w-]+[.;:)]?$/.test(prose(text)),
  ],
  ['1 is not counted in the plural', ({ text }) => /(?<![\d.])1 \w+s\b(?<!ss|us|is|1 reads)/.test(text)],
];

const french: readonly Rule[] = [
  ['apostrophes are typographic', ({ text }) => /\p{L}'\p{L}/u.test(prose(text))],
  [
    'quotes are « » with no-break spaces',
    (sentence) =>
      /[“”]/.test(sentence.text) ||
      (!isWrittenToFile(sentence) && /«(?!\u00a0)|(?<!\u00a0)»/.test(sentence.text)),
  ],
  [
    'a no-break space stands before : ; ! ? and %',
    (sentence) => !isWrittenToFile(sentence) && / [:;!?%](?=\s|$)/.test(prose(sentence.text)),
  ],
  [
    'thousands are set off by narrow no-break spaces',
    ({ text }) => /\d[ \u00a0]\d{3}(?!\d)/.test(prose(text)),
  ],
  [
    'Démarrer is Start, Lancer is Up',
    ({ key, text }) => /^command\.up|^command\.previewUp$/.test(key) && /démarr/i.test(text),
  ],
];

const both: readonly Rule[] = [
  ['an ellipsis is one character', ({ text }) => /(?<![./])\.\.\.(?![./])/.test(prose(text))],
  ['sentences are one space apart', ({ text }) => / {2}/.test(text.trim())],
  ['nothing is begun or ended by a space', ({ text }) => text !== text.trim()],
];

const title = /^(?:command|view|submenu|tool)\./;
const little = new Set(
  'a an the and or but nor for of in on at to by with as from per docker run'.split(' '),
);

/** A name of a command: the first word and all that are not little are capitalized. */
function isTitle(text: string): boolean {
  return text
    .replace(/…$/, '')
    .split(' ')
    .every(
      (word, at) =>
        (at > 0 && (little.has(word) || word.includes('.'))) ||
        !/^\p{Ll}/u.test(word) ||
        text.startsWith('Convert docker run'),
    );
}

/** Several words, all of them capitalized, in a text that is a sentence. */
function isShouting(text: string): boolean {
  const words = prose(text)
    .replaceAll(/Docker (?:Compose|Engine)|\{\w+\}/g, '')
    .split(/\s+/);
  return words.length > 3 && words.every((word) => !/^\p{Ll}/u.test(word) && /\p{L}/u.test(word));
}

it.each([
  ...english.map((rule) => ['en', ...rule] as const),
  ...french.map((rule) => ['fr', ...rule] as const),
  ...(['en', 'fr'] as const).flatMap((language) => both.map((rule) => [language, ...rule] as const)),
])('%s: %s', (language, _, isBroken) => {
  const list = said.filter((each) => each.language === language && !isComposes(each));
  expect(list.length).toBeGreaterThan(1000);
  expect(list.filter(isBroken).map(({ key, text }) => `${key}: ${text}`)).toEqual([]);
});

it.each(
  (['en', 'fr'] as const).flatMap((language) => terms[language].map((term) => [language, ...term] as const)),
)('%s: not %s, but %s', (language, term) => {
  const list = said.filter((each) => each.language === language && !isComposes(each));
  expect(list.filter(({ text }) => term.test(prose(text))).map(({ key, text }) => `${key}: ${text}`)).toEqual(
    [],
  );
});

it('French pages: the same terms, and thousands set off', () => {
  const thousands = french.filter(([why]) => why.startsWith('thousands'));
  expect(thousands).toHaveLength(1);
  const pages = sentences.filter(({ language, source }) => language === 'fr' && source.endsWith('.md'));
  expect(pages.length).toBeGreaterThan(500);
  const broken = pages.filter(
    (each) =>
      thousands.some(([, isBroken]) => isBroken(each)) ||
      terms.fr.some(([term]) => term.test(prose(each.text))),
  );
  expect(broken.map(({ source, text }) => `${source}: ${text}`)).toEqual([]);
});

it('English pages: American spelling, Compose file, env file', () => {
  const wanted = terms.en.filter(([, instead]) => /spelling|Compose file|manually/.test(instead));
  expect(wanted).toHaveLength(3);
  const pages = sentences.filter(
    ({ language, source }) => language === 'en' && source.endsWith('.md') && source !== 'docs/glossary.md',
  );
  const broken = pages.filter(({ text }) => wanted.some(([term]) => term.test(prose(text))));
  expect(broken.map(({ source, text }) => `${source}: ${text}`)).toEqual([]);
});

it('names of commands are in title case, messages in sentence case', () => {
  const manifest = said.filter(({ language, source }) => language === 'en' && source === 'manifest');
  const names = manifest.filter(({ key }) => title.test(key));
  expect(names.filter(({ text }) => !isTitle(text)).map(({ text }) => text)).toEqual([]);
  const messages = said.filter(
    ({ language, source }) => language === 'en' && ['problems', 'server'].includes(source),
  );
  expect(messages.filter(({ text }) => isShouting(text)).map(({ text }) => text)).toEqual([]);
});

it('settings are described by whole sentences', () => {
  const descriptions = said.filter(({ key }) => key.startsWith('setting.'));
  expect(descriptions.length).toBeGreaterThan(50);
  expect(descriptions.filter(({ text }) => !/[.]$/.test(text)).map(({ text }) => text)).toEqual([]);
});

it.each([
  ['en', 'It’s here.', english],
  ['en', 'images, networks and volumes.', english],
  ['en', '1 files', english],
  ['fr', "l'image", french],
  ['fr', '« image »', french],
  ['fr', 'Erreur : rien', french],
  ['fr', '1 000 lignes', french],
  ['en', 'Wait...', both],
] as const)('a rule finds what breaks it: %s %s', (language, text, rules) => {
  expect(rules.some(([, isBroken]) => isBroken({ language, source: 'code', key: '', text }))).toBe(true);
});

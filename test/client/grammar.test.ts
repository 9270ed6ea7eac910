import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { IGrammar } from 'vscode-textmate';

const require = createRequire(import.meta.url);
// Both are CommonJS bundles without named exports.
const textmate = require('vscode-textmate') as typeof import('vscode-textmate');
const oniguruma = require('vscode-oniguruma') as typeof import('vscode-oniguruma');

/** As much of the YAML grammar as the injection goes by: keys, comments and the scopes of strings. */
const yaml = JSON.stringify({
  scopeName: 'source.yaml',
  patterns: [
    { match: '#.*$', name: 'comment.line.number-sign.yaml' },
    { match: '[\\w.-]+(?=:( |$))', name: 'entity.name.tag.yaml' },
    { begin: '"', end: '"', name: 'string.quoted.double.yaml' },
    { begin: "'", end: "'", name: 'string.quoted.single.yaml' },
    { begin: '(?<=: |- )(?=[^\\s"\'#])', end: '$', name: 'string.unquoted.plain.out.yaml' },
  ],
});

const fileOf = (name: string) => fileURLToPath(new URL(`../../syntaxes/${name}`, import.meta.url));
const files: Readonly<Record<string, string>> = {
  'source.yaml.dockercompose': fileOf('compose.tmLanguage.json'),
  'compose.values.injection': fileOf('compose-values.tmLanguage.json'),
};

const manifest = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
) as {
  contributes: { grammars: { language?: string; scopeName: string; injectTo?: string[] }[] };
};

let grammar: IGrammar;
let otherYaml: IGrammar;
beforeAll(async () => {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner([...sources]),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    async loadGrammar(scope) {
      const file = files[scope];
      if (file !== undefined) return textmate.parseRawGrammar(readFileSync(file, 'utf8'), file);
      return scope === 'source.yaml' ? textmate.parseRawGrammar(yaml, 'yaml.json') : null;
    },
    // As package.json asks, and VS Code does: into the scope named and those below it.
    getInjections: (scope) =>
      manifest.contributes.grammars.flatMap(({ scopeName, injectTo = [] }) =>
        injectTo.some((target) => scope === target || scope.startsWith(`${target}.`)) ? [scopeName] : [],
      ),
  });
  const load = async (scope: string) => {
    const loaded = await registry.loadGrammar(scope);
    if (loaded === null) throw new Error(`The grammar ${scope} was not loaded.`);
    return loaded;
  };
  const ofLanguage = manifest.contributes.grammars.find(({ language }) => language === 'dockercompose');
  grammar = await load(ofLanguage?.scopeName ?? '');
  otherYaml = await load('source.yaml');
});

/** What the injection marks in a line: the text with the last part of its innermost scope. */
function marked(line: string, by = grammar): string[] {
  const { tokens } = by.tokenizeLine(line, textmate.INITIAL);
  return tokens.flatMap(({ startIndex, endIndex, scopes }) => {
    const scope = scopes.at(-1) ?? '';
    return scope.endsWith('.compose')
      ? [`${line.slice(startIndex, endIndex)} ${scope.replace(/\.compose$/, '')}`]
      : [];
  });
}

test.each([
  [
    'image: nginx:${TAG:-1.2}',
    [
      '${ punctuation.definition.variable.begin',
      'TAG variable.other.interpolated',
      ':- keyword.operator.interpolation',
      '1.2 meta.interpolation',
      '} punctuation.definition.variable.end',
    ],
  ],
  [
    'a: "${A:?${B}}"',
    [
      '${ punctuation.definition.variable.begin',
      'A variable.other.interpolated',
      ':? keyword.operator.interpolation',
      '${ punctuation.definition.variable.begin',
      'B variable.other.interpolated',
      '} punctuation.definition.variable.end',
      '} punctuation.definition.variable.end',
    ],
  ],
  [
    "a: '$$X $Y'",
    [
      '$$ constant.character.escape.dollar',
      '$ punctuation.definition.variable.begin',
      'Y variable.other.interpolated',
    ],
  ],
  ['a: ${{ github.ref }}', []],
  ['# ${A}', []],
  ['interval: 1m30s', ['1m30s constant.numeric.duration']],
  ['name: 30s', []],
  ['memory: 512M', ['512M constant.numeric.size']],
  [
    '- "127.0.0.1:8080:80/tcp"',
    [
      '127.0.0.1: constant.other.host',
      '8080 constant.numeric.port.published',
      ': punctuation.separator.port',
      '80 constant.numeric.port.target',
      '/tcp keyword.other.protocol',
    ],
  ],
  [
    'image: ghcr.io/a/b:1.2',
    ['ghcr.io/a/b entity.name.image', ': punctuation.separator.tag', '1.2 constant.other.tag'],
  ],
])('%s', (line, expected) => {
  expect(marked(line)).toEqual(expected);
});

test('YAML that is no compose file keeps its colours', () => {
  for (const line of ['image: nginx:${TAG}', '- "8080:80"', 'interval: 30s'])
    expect(marked(line, otherYaml)).toEqual([]);
});

test('the keys of a compose file have the scopes that themes colour in YAML', () => {
  const [token] = grammar.tokenizeLine('image: a', textmate.INITIAL).tokens;
  expect(token?.scopes).toEqual(['source.yaml.dockercompose', 'entity.name.tag.yaml']);
});

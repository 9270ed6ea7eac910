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

const injection = fileURLToPath(new URL('../../syntaxes/compose-values.tmLanguage.json', import.meta.url));

let grammar: IGrammar;
beforeAll(async () => {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner([...sources]),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === 'source.yaml'
        ? textmate.parseRawGrammar(yaml, 'yaml.json')
        : textmate.parseRawGrammar(readFileSync(injection, 'utf8'), injection),
    getInjections: (scope) => (scope === 'source.yaml' ? ['compose.values.injection'] : []),
  });
  const loaded = await registry.loadGrammar('source.yaml');
  if (loaded === null) throw new Error('The grammar was not loaded.');
  grammar = loaded;
});

/** What the injection marks in a line: the text with the last part of its innermost scope. */
function marked(line: string): string[] {
  const { tokens } = grammar.tokenizeLine(line, textmate.INITIAL);
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

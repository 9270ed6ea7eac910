import { basename, dirname, join } from '#system/path.ts';
import { isPlainText } from '#compose/check/secrets/plain-value.ts';
import { isSecretVariable } from '#compose/check/secrets/secret-variable.ts';
import { dotenvLines } from '#compose/load/dotenv-lines.ts';
import type { Changes } from '../actions/fix.ts';
import type { SourceFile } from '../workspace/files.ts';
import { linesIn, namesSet } from './env-text.ts';
import { type EnvUser, wantedNames } from './env-users.ts';
import { type Wording, wording } from '../words/words.ts';

export interface EnvAction extends Changes {
  readonly title: Wording;
  readonly kind: 'quickfix' | 'source';
}

/** The lines that bring names into an env file, with the defaults that compose files give them. */
export function linesFor(names: readonly string[], users: readonly EnvUser[]): string {
  const defaults = new Map(users.flatMap(wantedNames).map(({ name, fallback }) => [name, fallback ?? '']));
  return names.map((name) => `${name}=${plain(defaults.get(name) ?? '')}`).join('\n');
}

function plain(value: string): string {
  return /^[\w.:/@%+,-]*$/.test(value) ? value : '';
}

/** Adds all the names that compose files need and nothing sets. */
export function addMissing(file: SourceFile, names: readonly string[], users: readonly EnvUser[]): EnvAction {
  return {
    kind: 'quickfix',
    title:
      names.length === 1
        ? wording('env.add-one', { name: names[0] ?? '' })
        : wording('env.add-all', { count: names.length }),
    append: { path: file.path, line: linesFor(names, users) },
  };
}

/** Takes away the lines of a name that do not count. */
export function removeLine(file: SourceFile, offset: number): EnvAction | undefined {
  const line = linesIn(file).lines.find(({ keyStart, keyEnd }) => keyStart <= offset && offset <= keyEnd);
  if (line === undefined) return undefined;
  const start = file.text.lastIndexOf('\n', line.keyStart - 1) + 1;
  const newline = file.text.indexOf('\n', line.end);
  return {
    kind: 'quickfix',
    title: wording('env.remove', { name: line.name }),
    edits: [{ start, end: newline === -1 ? file.text.length : newline + 1, newText: '' }],
  };
}

/**
 * Brings `.env.example` in step with an env file: every name of it that the example lacks, in the file's order; values that are plain settings, none of
 * secrets. What the example says stays. `undefined`: nothing is missing.
 */
export function updateExample(file: SourceFile, example: string | undefined): EnvAction | undefined {
  if (isExample(file.path)) return undefined;
  const has = new Set(example === undefined ? [] : dotenvLines(example).lines.map(({ name }) => name));
  const lines = linesIn(file).lines.filter(({ name }) => namesSet(file).has(name) && !has.has(name));
  const names = [...new Map(lines.map((line) => [line.name, line])).values()];
  if (names.length === 0) return undefined;
  const text = names
    .map(({ name, value, valueStart, valueEnd }) => {
      const shown = isSecretVariable(name, value) || !isPlainText(value) || /\n/.test(value);
      return `${name}=${shown ? '' : file.text.slice(valueStart, valueEnd)}`;
    })
    .join('\n');
  return {
    kind: 'source',
    title: wording('env.example', { file: exampleName, count: names.length }),
    append: { path: examplePath(file.path), line: text },
  };
}

const exampleName = '.env.example';

export function examplePath(path: string): string {
  return join(dirname(path), exampleName);
}

function isExample(path: string): boolean {
  return /^\.env\.(?:example|sample|template|dist)$/.test(basename(path));
}

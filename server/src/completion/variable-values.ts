import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { FeatureContext } from '../context.ts';
import type { SourceFile } from '../workspace/files.ts';
import { serviceEntries } from '../workspace/service-entries.ts';
import { originOf, shownValue, variablesFor } from '../workspace/variables.ts';
import { wording } from '../words/words.ts';
import type { Suggestion } from './suggestion.ts';

const numbers = ['1000', '0'];
const switches = ['true', 'false'];

/** What variables that many images know are mostly set to. */
const usual: Readonly<Record<string, readonly string[]>> = {
  NODE_ENV: ['production', 'development', 'test'],
  TZ: ['UTC', 'Europe/Paris', 'Europe/London', 'America/New_York', 'Asia/Tokyo'],
  LOG_LEVEL: ['info', 'debug', 'warn', 'error'],
  PUID: numbers,
  PGID: numbers,
  DEBUG: switches,
  PYTHONUNBUFFERED: ['1'],
};

/**
 * What a variable of a container may be set to: the variable of the same name that `.env` has, what the file's other services set it to, common values, and for
 * a host the other services. Also behind `NAME=` in a list.
 */
export async function variableValues(
  context: FeatureContext,
  file: SourceFile,
  cursor: CursorContext,
): Promise<Suggestion[]> {
  const { path, word } = cursor;
  const [section, own, attribute, part] = path;
  if (section !== 'services' || attribute !== 'environment' || path.length !== 4) return [];
  const [, before = '', listed] = /^((\w+)=)/.exec(word) ?? [];
  const name = typeof part === 'string' ? part : listed;
  if (name === undefined) return [];
  const from = cursor.start + before.length;
  const found = new Map<string, Suggestion>();
  const add = (value: string, rank: number, more: Partial<Suggestion> = {}) => {
    if (value === '' || found.has(value)) return;
    const quoted = /^(?:true|false|\d+)$/.test(value);
    const as = typeof part === 'string' ? { scalar: value, quoted } : { raw: value };
    found.set(value, { label: value, as, kind: 'enum', rank, order: found.size, from, ...more });
  };
  const variable = (await variablesFor(context.projects, file))?.variable(name);
  if (variable?.from.kind === 'file') {
    const detail = wording('completion.variable', {
      value: shownValue(name, variable),
      origin: originOf(variable),
    });
    add(`\${${name}}`, 0, { kind: 'variable', detail });
  }
  const services = serviceEntries(file).filter((entry) => keyText(entry) !== own);
  if (/(?:^|_)HOST(?:NAME)?$/.test(name))
    for (const entry of services) add(keyText(entry), 1, { kind: 'service' });
  for (const { value } of services) {
    const environment = valueIn(value, 'environment');
    add(stringOf(valueIn(environment, name)) ?? '', 2);
    if (environment?.kind === 'seq')
      for (const item of environment.items) {
        const text = stringOf(item) ?? '';
        if (text.startsWith(`${name}=`)) add(text.slice(name.length + 1), 2);
      }
  }
  for (const value of (Object.hasOwn(usual, name) && usual[name]) || []) add(value, 3);
  return [...found.values()];
}

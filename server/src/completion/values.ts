import type { Path } from '#compose/values/path.ts';
import { schemaAt } from '#compose/schema/walk.ts';
import { frequencyOf } from './frequencies.ts';
import { knownValues } from './known-values.ts';
import type { Suggestion } from './suggestion.ts';
import { wording, type WordingValue } from '../words/words.ts';

/** Values that the schema, or common knowledge, gives for the place at a path. */
export function valueSuggestions(path: Path, present: readonly string[]): Suggestion[] {
  const point = schemaAt(path);
  const suggestions = new Map<string, Suggestion>();
  const add = (value: string, quoted: boolean, detail?: WordingValue) => {
    if (present.includes(value) || suggestions.has(value)) return;
    suggestions.set(value, {
      label: value,
      as: { scalar: value, quoted },
      kind: 'enum',
      described: path,
      rank: 1,
      order: frequencyOf(path, value) ?? 100 + suggestions.size,
      ...(detail === undefined ? {} : { detail }),
    });
  };
  for (const { value, detail, quoted } of knownValues(path))
    add(value, quoted ?? looksBoolean(value), detail);
  for (const value of point?.values ?? []) {
    if (value !== null) add(String(value), typeof value === 'string' && looksBoolean(value));
  }
  // Where any scalar is possible, true and false are seldom what is meant.
  const types = point?.types ?? [];
  if (types.includes('boolean') && !types.includes('number') && suggestions.size === 0) {
    const isDefault = (value: boolean) =>
      point?.defaultValue === value ? wording('completion.default') : undefined;
    add('true', false, isDefault(true));
    add('false', false, isDefault(false));
  }
  return [...suggestions.values()];
}

/** Text that YAML 1.1 tools take for a boolean. */
function looksBoolean(text: string): boolean {
  return /^(?:y|n|yes|no|on|off|true|false|null|~)$/i.test(text);
}

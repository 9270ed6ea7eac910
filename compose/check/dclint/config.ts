import { parse } from '../../syntax/parse.ts';
import { type Plain, toPlain } from '../../syntax/to-plain.ts';
import type { Severity } from '../../problem/problem.ts';

/** What a `.dclintrc` says. */
export interface DclintConfig {
  readonly rules: ReadonlyMap<string, DclintSetting>;
  /** Parts of paths of files that are not looked at. */
  readonly exclude: readonly string[];
  /** Only errors are shown. */
  readonly quiet: boolean;
}

export interface DclintSetting {
  readonly level: 'off' | Severity;
  readonly options: Readonly<Record<string, Plain>>;
}

const levels: readonly DclintSetting['level'][] = ['off', 'warning', 'error'];

/** Reads a configuration, JSON or YAML. What is malformed in it counts as absent, as everything does in what is no mapping. */
export function readDclintConfig(text: string): DclintConfig {
  const [document] = parse('memory:dclintrc', text).documents;
  const root = recordOf(document?.root === undefined ? null : toPlain(document.root));
  const rules = new Map<string, DclintSetting>();
  for (const [name, value] of Object.entries(recordOf(root.rules))) {
    const [number, options] = Array.isArray(value) ? value : [value];
    const level = typeof number === 'number' ? levels[number] : undefined;
    if (level !== undefined) rules.set(name, { level, options: recordOf(options) });
  }
  const exclude = stringsIn(root.exclude);
  return { rules, exclude, quiet: root.quiet === true };
}

export function stringsIn(value: Plain | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function recordOf(value: Plain | undefined): Readonly<Record<string, Plain>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

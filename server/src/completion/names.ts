import { type SymbolKind, sectionOf } from '#compose/model/symbols.ts';
import { type Path, PatternTable } from '#compose/values/path.ts';
import { schemaAt } from '#compose/schema/walk.ts';
import type { ProjectNames } from '../workspace/names.ts';
import type { SourceFile } from '../workspace/files.ts';
import { undeclaredIn } from './lacking.ts';
import type { Suggestion } from './suggestion.ts';
import { wording } from '../words/words.ts';

/** Where a name may be written: as a list's item, as a value, or as a map's key. */
interface NameRule {
  readonly kind: SymbolKind;
  /** What stands before the name: `service:`. */
  readonly prefix?: string;
  /** What the name is followed by: `:`, with something more to write. */
  readonly suffix?: string;
  readonly notItself?: true;
}

const service: NameRule = { kind: 'service', notItself: true };
const namespace: NameRule = { kind: 'service', prefix: 'service:', notItself: true };

const values = new PatternTable<NameRule>([
  ['services.*.depends_on[]', service],
  ['services.*.links[]', service],
  ['services.*.volumes_from[]', service],
  ['services.*.extends', service],
  ['services.*.extends.service', { kind: 'service' }],
  ['services.*.network_mode', namespace],
  ['services.*.ipc', namespace],
  ['services.*.pid', namespace],
  ['services.*.build.additional_contexts.*', namespace],
  ['services.*.networks[]', { kind: 'network' }],
  ['services.*.volumes[]', { kind: 'volume', suffix: ':' }],
  ['services.*.volumes[].source', { kind: 'volume' }],
  ['services.*.secrets[]', { kind: 'secret' }],
  ['services.*.secrets[].source', { kind: 'secret' }],
  ['services.*.build.secrets[]', { kind: 'secret' }],
  ['services.*.build.secrets[].source', { kind: 'secret' }],
  ['services.*.configs[]', { kind: 'config' }],
  ['services.*.configs[].source', { kind: 'config' }],
  ['services.*.models[]', { kind: 'model' }],
  ['services.*.profiles[]', { kind: 'profile' }],
]);

const keys = new PatternTable<NameRule>([
  ['services.*.depends_on', service],
  ['services.*.networks', { kind: 'network' }],
  ['services.*.models', { kind: 'model' }],
]);

/** Kinds of value at a path whose source is one of the project's names. */
export function nameSuggestions(
  path: Path,
  role: 'value' | 'key',
  names: ProjectNames,
  file: SourceFile,
): Suggestion[] {
  const rule = (role === 'value' ? values : keys).match(path);
  if (rule === undefined) return [];
  const kind = wording(`kind.${rule.kind}`);
  const suggestions = new Map<string, Suggestion>();
  for (const { file: other, use } of names.declarations(rule.kind, file)) {
    if (rule.notItself === true && use.name === path[1]) continue;
    if (suggestions.has(use.name)) continue;
    const written = `${rule.prefix ?? ''}${use.name}${rule.suffix ?? ''}`;
    suggestions.set(use.name, {
      label: `${rule.prefix ?? ''}${use.name}`,
      as: role === 'key' ? asKey(path, use.name) : asScalar(written, rule.suffix),
      kind: rule.kind === 'service' ? 'service' : 'name',
      detail:
        other === file
          ? kind
          : wording('completion.in-file', { kind, file: other.path.split(/[\\/]/).at(-1) ?? '' }),
      rank: 1,
    });
  }
  // What is named and not declared yet is going to be.
  if (rule.kind !== 'service' && rule.kind !== 'profile' && rule.kind !== 'model')
    for (const name of undeclaredIn(file, rule.kind)) {
      if (suggestions.has(name)) continue;
      suggestions.set(name, {
        label: name,
        as: role === 'key' ? asKey(path, name) : asScalar(`${name}${rule.suffix ?? ''}`, rule.suffix),
        kind: 'name',
        detail: wording('completion.undeclared', { kind }),
        rank: 2,
      });
    }
  return [...suggestions.values()];
}

/** In a section of declarations: the names that are used and that nobody has declared. */
export function undeclaredSuggestions(
  path: Path,
  file: SourceFile,
  present: readonly string[],
): Suggestion[] {
  const [section] = path;
  const found = Object.entries(sectionOf).find(([, name]) => name === section && path.length === 1);
  if (found === undefined) return [];
  const kind = found[0] as SymbolKind;
  return undeclaredIn(file, kind)
    .filter((name) => !present.includes(name))
    .map((name, order) => ({
      label: name,
      as: { key: name, shape: 'empty' },
      kind: kind === 'service' ? 'service' : 'name',
      detail: wording('completion.undeclared', { kind: wording(`kind.${kind}`) }),
      rank: 0,
      order,
    }));
}

/** A colon at the end is not the end: more is to be written behind it. */
function asScalar(written: string, suffix: string | undefined): Suggestion['as'] {
  return suffix === undefined ? { scalar: written } : { raw: written };
}

function asKey(path: Path, name: string): Suggestion['as'] {
  const children = (schemaAt([...path, name])?.required ?? []).map((key) => ({ key }));
  return { key: name, shape: children.length > 0 ? 'map' : 'empty', children };
}

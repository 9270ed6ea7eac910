import { schemaAt } from '#compose/schema/walk.ts';
import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import type { Node } from '#compose/syntax/node.ts';
import type { Path } from '#compose/values/path.ts';
import { anchorsAround, meantPath } from '../workspace/meant-path.ts';
import { anchorUses } from '../workspace/named-at.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Suggestion } from './suggestion.ts';
import { wording, type WordingValue } from '../words/words.ts';

/** Anchors that an alias at the cursor could mean: after `*`, for a merge key, and where only a mapping or a list can be meant. */
export function anchorSuggestions(file: SourceFile, cursor: CursorContext): Suggestion[] {
  const merge = cursor.path.at(-1) === '<<' || cursor.path.at(-2) === '<<';
  if (!cursor.fits.scalar || cursor.quote !== '') return [];
  const kinds = merge ? ['map'] : collectionsAt(meantPath(file, cursor.path));
  const onLine = !cursor.fits.key && !cursor.fits.item && !cursor.flow;
  const only = cursor.word === '' && (merge || (onLine && kinds !== undefined));
  if (!cursor.word.startsWith('*') && !only) return [];
  const around = anchorsAround(file, cursor.path);
  const suggestions = new Map<string, Suggestion>();
  for (const use of file.derive(anchorUses)) {
    if (use.role !== 'declaration' || use.span.start > cursor.start) continue;
    if (kinds !== undefined && only && !kinds.includes(use.node?.kind ?? '')) continue;
    if (merge && use.node?.kind !== 'map') continue;
    if (around.has(use.name)) continue;
    suggestions.set(use.name, {
      label: `*${use.name}`,
      as: { raw: `*${use.name}` },
      kind: 'anchor',
      detail: describe(use.node),
      rank: 1,
    });
  }
  return [...suggestions.values()];
}

/** `<<` itself, where there is a mapping to merge. */
export function mergeKeySuggestion(file: SourceFile, cursor: CursorContext): Suggestion[] {
  if (cursor.keys.includes('<<') || cursor.flow || cursor.colonFollows || cursor.quote !== '') return [];
  const around = anchorsAround(file, cursor.path);
  const mergeable = file
    .derive(anchorUses)
    .some(
      ({ role, name, node, span }) =>
        role === 'declaration' && node?.kind === 'map' && span.start < cursor.start && !around.has(name),
    );
  if (!mergeable) return [];
  return [{ label: '<<', as: { raw: '<<: ' }, kind: 'anchor', rank: 4, again: true }];
}

/** The kinds of collection that a place wants, if it wants nothing else. */
function collectionsAt(path: Path): readonly string[] | undefined {
  const types = schemaAt(path)?.types;
  if (types === undefined || types.length === 0) return undefined;
  if (types.some((type) => type !== 'object' && type !== 'array' && type !== 'null')) return undefined;
  return types.flatMap((type) => (type === 'object' ? ['map'] : type === 'array' ? ['seq'] : []));
}

function describe(node: Node | undefined): WordingValue {
  if (node?.kind === 'scalar') return node.source;
  if (node?.kind === 'map') return node.entries.map(({ key }) => key.source).join(', ');
  return wording('completion.list');
}

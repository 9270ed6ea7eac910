import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import type { Node } from '#compose/syntax/node.ts';
import { anchorUses } from '../workspace/named-at.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Suggestion } from './suggestion.ts';
import { wording, type WordingValue } from '../words/words.ts';

/** Anchors that an alias at the cursor could mean: after `*`, and for a merge key. */
export function anchorSuggestions(file: SourceFile, cursor: CursorContext): Suggestion[] {
  const merge = cursor.path.at(-1) === '<<' || cursor.path.at(-2) === '<<';
  if (!cursor.fits.scalar || cursor.quote !== '') return [];
  if (!cursor.word.startsWith('*') && !(merge && cursor.word === '')) return [];
  const suggestions = new Map<string, Suggestion>();
  for (const use of file.derive(anchorUses)) {
    if (use.role !== 'declaration' || use.span.start > cursor.start) continue;
    if (merge && use.node?.kind !== 'map') continue;
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

function describe(node: Node | undefined): WordingValue {
  if (node?.kind === 'scalar') return node.source;
  if (node?.kind === 'map') return node.entries.map(({ key }) => key.source).join(', ');
  return wording('completion.list');
}

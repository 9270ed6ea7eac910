import type { SymbolKind, SymbolUse } from '../model/symbols.ts';
import { sectionOf } from '../model/symbols.ts';
import type { Problem } from '../problem/problem.ts';
import type { AnchorUse } from '../syntax/anchors.ts';
import { phrase } from '../problem/phrase.ts';

/** Declared networks, volumes, secrets, configs and models that nothing in the project uses. `uses` are all names of the project. */
export function unusedNames(uses: readonly SymbolUse[]): readonly Problem[] {
  const used = new Set<string>();
  for (const use of uses) if (use.role === 'reference') used.add(idOf(use));
  const problems: Problem[] = [];
  for (const use of uses) {
    if (use.role !== 'declaration' || !isResource(use.kind) || used.has(idOf(use))) continue;
    // Services that name no network are on this one.
    if (use.kind === 'network' && use.name === 'default') continue;
    problems.push({
      code: `unused-${use.kind}`,
      message: phrase(`unused-${use.kind}`, { name: use.name }),
      severity: 'hint',
      span: use.span,
      tags: ['unnecessary'],
      data: { section: sectionOf[use.kind], name: use.name },
    });
  }
  return problems;
}

/** Anchors that no alias refers to. */
export function unusedAnchors(uses: readonly AnchorUse[]): readonly Problem[] {
  const used = new Set(uses.flatMap((use) => (use.role === 'reference' ? (use.node ?? []) : [])));
  return uses.flatMap((use) =>
    use.role === 'declaration' && use.node !== undefined && !used.has(use.node)
      ? [
          {
            code: 'unused-anchor',
            message: phrase('unused-anchor', { name: use.name }),
            severity: 'hint',
            span: { ...use.span, start: use.span.start - 1 },
            tags: ['unnecessary'],
            data: { name: use.name },
          } satisfies Problem,
        ]
      : [],
  );
}

function isResource(kind: SymbolKind): kind is Exclude<SymbolKind, 'service' | 'profile'> {
  return kind !== 'service' && kind !== 'profile';
}

function idOf(use: SymbolUse): string {
  return `${use.kind} ${use.name}`;
}

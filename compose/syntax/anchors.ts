import { isClosed } from './facts.ts';
import type { Node } from './node.ts';
import type { ParsedDocument } from './parsed-file.ts';
import type { Span } from '../problem/span.ts';

/** An anchor's name where it is written, without `&` or `*`. */
export interface AnchorUse {
  readonly name: string;
  readonly span: Span;
  readonly role: 'declaration' | 'reference';
  /** The anchored value; absent on an alias that nothing answers. */
  readonly node?: Node;
}

/** The anchors and aliases of a document, in the order of the text. An alias means the nearest anchor of its name before it. */
export function anchorsOf(document: ParsedDocument): readonly AnchorUse[] {
  const uses: AnchorUse[] = document.anchors.map(({ name, span, node }) => ({
    name,
    span: { ...span, start: span.start + 1 },
    role: 'declaration',
    node,
  }));
  if (document.root !== undefined) collectAliases(document.root, uses, 0);
  uses.sort((a, b) => a.span.start - b.span.start);
  const current = new Map<string, Node | undefined>();
  return uses.map((use) => {
    if (use.role === 'declaration') {
      current.set(use.name, use.node);
      return use;
    }
    const node = current.get(use.name);
    return node === undefined ? use : { ...use, node };
  });
}

function collectAliases(node: Node, uses: AnchorUse[], depth: number): void {
  if (node.kind === 'alias') {
    uses.push(reference(node.name, node.span));
  } else if (node.kind === 'map') {
    for (const entry of node.entries) {
      if (entry.key.alias !== undefined) uses.push(reference(entry.key.alias, entry.key.span));
      if (depth !== 1 || !isClosed(entry)) collectAliases(entry.value, uses, depth + 1);
    }
  } else if (node.kind === 'seq') {
    for (const item of node.items) collectAliases(item, uses, depth + 1);
  }
}

function reference(name: string, span: Span): AnchorUse {
  return { name, span: { ...span, start: span.start + 1 }, role: 'reference' };
}

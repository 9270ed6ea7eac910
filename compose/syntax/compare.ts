import type { Node } from './node.ts';
import type { ParsedFile } from './parsed-file.ts';

/** Whether two texts say the same: equal trees but for layout, quotes and comments. */
export function sameContent(a: ParsedFile, b: ParsedFile): boolean {
  const left = a.documents.flatMap((document) => document.root ?? []);
  const right = b.documents.flatMap((document) => document.root ?? []);
  return left.length === right.length && left.every((root, i) => sameNode(root, right[i]));
}

function sameNode(a: Node, b: Node | undefined): boolean {
  if (b === undefined || a.tag !== b.tag || a.anchor !== b.anchor) return false;
  switch (a.kind) {
    case 'alias':
      return b.kind === 'alias' && a.name === b.name;
    case 'scalar':
      return b.kind === 'scalar' && a.type === b.type && a.value === b.value;
    case 'seq':
      return (
        b.kind === 'seq' &&
        a.items.length === b.items.length &&
        a.items.every((item, i) => sameNode(item, b.items[i]))
      );
    case 'map':
      return (
        b.kind === 'map' &&
        a.entries.length === b.entries.length &&
        a.entries.every((entry, i) => {
          const other = b.entries[i];
          return other !== undefined && sameNode(entry.key, other.key) && sameNode(entry.value, other.value);
        })
      );
  }
}

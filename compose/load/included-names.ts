import { stringOf, valueIn } from '../syntax/edit.ts';
import type { Node } from '../syntax/node.ts';

/** Every path and address that a document includes, as written. */
export function includedNames(root: Node | undefined): readonly string[] {
  const includes = valueIn(root, 'include');
  if (includes?.kind !== 'seq') return [];
  return includes.items.flatMap((item) => {
    const path = stringOf(item) === undefined ? valueIn(item, 'path') : item;
    const names = path?.kind === 'seq' ? path.items : [path];
    return names.flatMap((name) => stringOf(name) ?? []);
  });
}

import { phrase } from '#compose/problem/phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { formatPath } from '#compose/values/path.ts';
import { splitReference } from '#compose/values/image-reference.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import { newerTag } from '../registry/newer-tag.ts';
import type { Tags } from '../registry/tags.ts';
import type { SourceFile } from '../workspace/files.ts';
import { serviceEntries } from '../workspace/service-entries.ts';

/** The code of a remark about an image. */
export type ImageCode = 'newer-image' | 'older-image';

/** Images of which their registry has a newer version of the same kind, as far as that is known. What is not begins to be looked for. */
export async function newerImages(file: SourceFile, tags: Tags): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { node, service } of file.derive(imagesIn)) {
    const { name, tag = '' } = splitReference(stringOf(node) ?? '');
    const known = await tags.glance(name);
    const newer = known === undefined ? undefined : newerTag(known.tags, tag);
    if (newer === undefined) continue;
    problems.push({
      code: 'newer-image' satisfies ImageCode,
      severity: 'hint',
      message: phrase('newer-image', { tag, newer }),
      span: node.span,
      path: formatPath(['services', service, 'image']),
      data: { tag, newer },
    });
  }
  return problems;
}

/** Images that are on the engine, and whose registry has newer content under the same name. */
export function olderImages(file: SourceFile, older: ReadonlySet<string>): readonly Problem[] {
  if (older.size === 0) return [];
  return serviceEntries(file).flatMap((entry): Problem[] => {
    const node = valueIn(entry.value, 'image');
    const image = stringOf(node);
    if (node === undefined || image === undefined || !older.has(image)) return [];
    if (valueIn(entry.value, 'build') !== undefined) return [];
    return [
      {
        code: 'older-image' satisfies ImageCode,
        severity: 'hint',
        message: phrase('older-image', { image }),
        span: node.span,
        path: formatPath(['services', keyText(entry), 'image']),
      },
    ];
  });
}

/** Images with a tag and without a digest, spelled out. */
function imagesIn(file: SourceFile): readonly { readonly node: Node; readonly service: string }[] {
  return serviceEntries(file).flatMap((entry) => {
    const node = valueIn(entry.value, 'image');
    const text = stringOf(node);
    if (node === undefined || text === undefined || /[$\s]/.test(text)) return [];
    const { tag, digest } = splitReference(text);
    return tag && digest === undefined ? [{ node, service: keyText(entry) }] : [];
  });
}

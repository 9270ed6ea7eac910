/** A tag that is a version: `16.1-alpine` is 16, 1 and `-alpine`, `v3` has the prefix `v`. */
const version = /^(v?)(\d+(?:\.\d+){0,3})((?:-[a-z][\w.-]*)?)$/i;

/**
 * The newest tag of the same kind: as many numbers, the same prefix and suffix (`-alpine` stays `-alpine`), and the same first number, since another one may not
 * read the data of this. `undefined` where none is newer, or the tag is no version of at least two numbers.
 */
export function newerTag(tags: readonly string[], tag: string): string | undefined {
  const own = version.exec(tag);
  if (own === null) return undefined;
  const [, prefix, numbers = '', suffix] = own;
  const ours = numbers.split('.').map(Number);
  if (ours.length < 2) return undefined;
  let best: { readonly tag: string; readonly parts: readonly number[] } | undefined;
  for (const other of tags) {
    const found = version.exec(other);
    if (found === null || found[1] !== prefix || found[3] !== suffix) continue;
    const parts = (found[2] ?? '').split('.').map(Number);
    if (parts.length !== ours.length || parts[0] !== ours[0]) continue;
    if (isNewer(parts, best?.parts ?? ours)) best = { tag: other, parts };
  }
  return best?.tag;
}

function isNewer(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((part, index) => part !== b[index]);
  return i !== -1 && (a[i] ?? 0) > (b[i] ?? 0);
}

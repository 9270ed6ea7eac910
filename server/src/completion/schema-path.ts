import type { Path } from '#compose/values/path.ts';

/** The path that a value has once it is merged: merge keys lead to the same place as without them. */
export function schemaPath(path: Path): Path {
  const result: (string | number)[] = [];
  for (const [i, part] of path.entries()) {
    if (part === '<<') continue;
    if (typeof part === 'number' && path[i - 1] === '<<') continue;
    result.push(part);
  }
  return result;
}

/** A place in a file that a text names. */
export interface FilePlace {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Longer paths are none. */
const longestPath = 260;
const lineAndColumn = /:(\d{1,7})(?::(\d{1,7}))?(?!\d)/g;
const pathCharacter = /[\w.@+\-\\/]/;
/** An extension is asked for, so that times and addresses are none. */
const nameWithExtension = /[\w-]\.[A-Za-z]\w{0,7}$/;

/**
 * `src/app.js:12`, `/app/src/app.js:12:5`, `C:\src\app.cs:12`: from each `:12` back to where the path begins. No character is looked at twice
 * that way, whatever the text; `look` is called for each.
 */
export function* filePlaces(text: string, look?: () => void): Generator<FilePlace> {
  for (const match of text.matchAll(lineAndColumn)) {
    const colon = match.index;
    let start = colon;
    while (start > 0 && colon - start <= longestPath && pathCharacter.test(text[start - 1] ?? '')) {
      start--;
      look?.();
    }
    if (colon - start > longestPath) continue;
    let path = text.slice(start, colon);
    if (!nameWithExtension.test(path.slice(-20))) continue;
    if (/^[\\/]/.test(path) && /(?:^|\W)[A-Za-z]:$/.test(text.slice(Math.max(0, start - 3), start))) {
      start -= 2;
      path = text.slice(start, colon);
    } else if (path.startsWith('//')) {
      // `file:///app/a.js`, `webpack:///./a.js`.
      if (text.slice(Math.max(0, start - 5), start) === 'file:') start -= 5;
      path = path.replace(/^\/+/, '/');
    }
    yield {
      start,
      end: colon + match[0].length,
      path,
      line: Number(match[1]),
      column: Number(match[2] ?? 1),
    };
  }
}

// Whether the places that a server names exist.

/**
 * Every range in an answer that is not within its document, or ends before it starts.
 * @param {unknown} answer
 * @param {string} uri of the document that was asked about
 * @param {(uri: string) => string | undefined} textOf
 */
export function misplacedIn(answer, uri, textOf) {
  /** @type {unknown[]} */
  const misplaced = [];
  let seen = 0;
  const walk = (/** @type {any} */ value, /** @type {string} */ current) => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      for (const each of value) walk(each, current);
      return;
    }
    if (typeof value.start?.line === 'number' && typeof value.end?.line === 'number') {
      seen += 1;
      const text = textOf(current);
      if (text !== undefined && !isWithin(value, text)) misplaced.push({ uri: current, ...value });
      return;
    }
    const inside = value.uri ?? value.textDocument?.uri ?? current;
    for (const [key, each] of Object.entries(value)) {
      // What the client sent along, or what only the server reads again.
      if (key === 'data') continue;
      if (key === 'changes' && each !== null && typeof each === 'object' && !Array.isArray(each)) {
        for (const [of, edits] of Object.entries(each)) walk(edits, of);
      } else
        walk(
          each,
          key.startsWith('target') && typeof value.targetUri === 'string' ? value.targetUri : inside,
        );
    }
  };
  walk(answer, uri);
  if (Array.isArray(answer))
    for (const each of answer)
      if (typeof each?.startLine === 'number') {
        seen += 1;
        const count = linesOf(textOf(uri) ?? '').length;
        if (each.startLine < 0 || each.endLine < each.startLine || each.endLine >= count)
          misplaced.push(each);
      }
  return { misplaced, seen };
}

/** The same for semantic tokens, which are told as distances. @param {{ data: number[] } | null} answer @param {string} text */
export function misplacedTokens(answer, text) {
  const lines = linesOf(text);
  const misplaced = [];
  const data = answer?.data ?? [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, along = 0, length = 0] = data.slice(at, at + 3);
    line += down;
    character = down === 0 ? character + along : along;
    if (character + length > (lines[line]?.length ?? -1)) misplaced.push({ line, character, length });
  }
  return { misplaced, seen: data.length / 5 };
}

/** @param {{ start: { line: number, character: number }, end: { line: number, character: number } }} range @param {string} text */
function isWithin({ start, end }, text) {
  const lines = linesOf(text);
  const exists = (/** @type {{ line: number, character: number }} */ { line, character }) =>
    line >= 0 && character >= 0 && character <= (lines[line]?.length ?? -1);
  const isForward = start.line < end.line || (start.line === end.line && start.character <= end.character);
  return exists(start) && exists(end) && isForward;
}

function linesOf(/** @type {string} */ text) {
  return text.split(/\r\n|\r|\n/);
}

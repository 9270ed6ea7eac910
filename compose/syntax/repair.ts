import { type FileTree, type Reading, readFile } from './build/file.ts';
import { isLocal } from './syntax-problem.ts';

/** Quotes are closed one after the other: each hides what comes after it. */
const MAX_ROUNDS = 5;

/**
 * Reads a broken text once more with what is wrong put right, so that the tree beyond the mistake is there while the user types.
 * The problems stay; positions are those of the text as written, since a repair never changes its length.
 */
export function repair(tree: FileTree): FileTree {
  if (!tree.problems.malformed) return tree;
  const loose = loosen(tree);
  if (loose !== undefined) return loose;
  const quoted = closeQuotes(tree);
  return (quoted === tree ? undefined : loosen(quoted)) ?? replaceTabs(skipLost(quoted));
}

function closeQuotes(tree: FileTree): FileTree {
  let current = tree;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const reading = withClosedQuotes(current);
    if (reading === undefined) break;
    current = readFile(reading);
  }
  return current;
}

/** Each unclosed quote closed at the end of its line; `undefined` when there is none that was not closed already. */
function withClosedQuotes({ reading, problems }: FileTree): Reading | undefined {
  const unclosedQuotes = new Map(reading.unclosedQuotes);
  let { readable } = reading;
  for (const { code, span } of problems.found) {
    if (code !== 'yaml-unclosed-quote' || unclosedQuotes.has(span.start)) continue;
    unclosedQuotes.set(span.start, span.end);
    const quote = readable[span.start] ?? '"';
    const rest = span.end - span.start - 1;
    // A quote alone on its line becomes a word.
    const line = rest === 0 ? 'x' : `${quote}${'x'.repeat(rest - 1)}${quote}`;
    readable = readable.slice(0, span.start) + line + readable.slice(span.end);
  }
  return unclosedQuotes.size === reading.unclosedQuotes.size
    ? undefined
    : { ...reading, readable, unclosedQuotes };
}

/** Where the reader gives up, the rest of the line is taken for a comment. */
function skipLost(tree: FileTree): FileTree {
  let current = tree;
  for (let round = 0; round < MAX_ROUNDS && current.lostAt.length > 0; round += 1) {
    let { readable } = current.reading;
    for (const offset of current.lostAt) {
      const newline = readable.indexOf('\n', offset);
      const end = newline === -1 ? readable.length : newline;
      readable = readable.slice(0, offset) + comment(readable, offset, end) + readable.slice(end);
    }
    const next = readFile({ ...current.reading, readable });
    for (const problem of current.problems.found) {
      if (current.lostAt.includes(problem.span.start)) next.problems.adopt(problem);
    }
    current = next;
  }
  return current;
}

/** A comment in place of a stretch of text; it needs a space before it. */
function comment(text: string, start: number, end: number): string {
  const spaced = start === 0 || /\s/.test(text[start - 1] ?? '');
  return (spaced ? '#' : ' #').slice(0, end - start).padEnd(end - start);
}

/** A tab taken for one space; kept only if that makes sense of the text. */
function replaceTabs(tree: FileTree): FileTree {
  if (!tree.problems.has('yaml-tab')) return tree;
  const readable = tree.reading.readable.replace(/^[ \t]+/gm, (indent) => ' '.repeat(indent.length));
  const spaced = readFile({ ...tree.reading, readable });
  if (spaced.problems.malformed) return tree;
  for (const problem of tree.problems.found) {
    if (problem.code === 'yaml-tab') spaced.problems.adopt(problem);
  }
  return spaced;
}

/** Docker Compose's reader asks for no indentation within brackets and quotes; what is still open without it really is. */
function loosen(tree: FileTree): FileTree | undefined {
  const { problems, reading } = tree;
  if (!problems.has('yaml-unclosed-bracket') && !problems.has('yaml-unclosed-quote')) return undefined;
  const loose = readFile({ ...reading, layout: 'anywhere' });
  return loose.problems.found.every(isLocal) ? loose : undefined;
}

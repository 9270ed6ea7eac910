import type { CursorContext } from '#compose/syntax/cursor.ts';
import type { Child, Shape, Suggestion } from './suggestion.ts';

/** The replacement that writes a suggestion at the cursor. */
export interface Insertion {
  readonly start: number;
  readonly end: number;
  /** A snippet: `$0` is where the cursor goes. Lines are indented absolutely. */
  readonly text: string;
  /** What the editor compares with the word typed so far. */
  readonly filter: string;
}

/** How a suggestion is written at the cursor, or `undefined` if it does not fit there. */
export function insertionOf(
  suggestion: Suggestion,
  cursor: CursorContext,
  typed: string,
  unit: number,
): Insertion | undefined {
  const start = suggestion.from ?? cursor.start;
  const inserted = suggestion.as;
  const filter = typed.slice(0, start - cursor.start) === '' ? suggestion.label : suggestion.label;
  const space = cursor.spaceOwed && suggestion.from === undefined ? ' ' : '';
  const place = { start, end: cursor.end, filter };
  if ('raw' in inserted) return { ...place, text: space + escapeSnippet(inserted.raw) };
  if ('scalar' in inserted) {
    const text = escapeSnippet(scalarText(inserted.scalar, inserted.quoted === true, cursor));
    if (cursor.fits.scalar) return { ...place, text: space + text };
    return cursor.fits.item ? { ...place, text: `- ${text}` } : undefined;
  }
  const key = escapeSnippet(keyText(inserted.key, cursor));
  if (cursor.colonFollows) return cursor.fits.key ? { ...place, text: key } : undefined;
  if (cursor.fits.key) {
    const value = cursor.flow
      ? flowValue(inserted.shape)
      : blockValue(inserted.shape, inserted.children ?? [], cursor.column, unit);
    return { ...place, text: `${space}${key}:${value}` };
  }
  if (!cursor.fits.item) return undefined;
  return {
    ...place,
    text: `- ${key}:${blockValue(inserted.shape, inserted.children ?? [], cursor.column + 2, unit)}`,
  };
}

function blockValue(shape: Shape, children: readonly Child[], column: number, unit: number): string {
  const indent = `\n${' '.repeat(column + unit)}`;
  switch (shape) {
    case 'scalar':
      return ' $0';
    case 'empty':
      return '$0';
    case 'list':
      return `${indent}- $0`;
    case 'map':
      if (children.length === 0) return `${indent}$0`;
      return children
        .map(({ key, shape: childShape }, i) => {
          const value = blockValue(childShape, [], column + unit, unit);
          return `${indent}${escapeSnippet(key)}:${value.replace('$0', i === 0 ? '$0' : '')}`;
        })
        .join('')
        .replace(/[ ]+(?=\n|$)/g, ' ');
  }
}

function flowValue(shape: Shape): string {
  if (shape === 'list') return ' [$0]';
  return shape === 'map' ? ' {$0}' : ' $0';
}

function keyText(key: string, cursor: CursorContext): string {
  if (cursor.quote !== '') return key;
  return /^[\w.$/-][\w.$/ -]*$/.test(key) && !/^-?\d/.test(key) ? key : JSON.stringify(key);
}

/** A scalar as it must be written to be read as this text. */
function scalarText(text: string, quoted: boolean, cursor: CursorContext): string {
  if (cursor.quote === "'") return text.replaceAll("'", "''");
  if (cursor.quote === '"') return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return quoted || needsQuotes(text, cursor.flow) ? JSON.stringify(text) : text;
}

function needsQuotes(text: string, flow: boolean): boolean {
  if (text === '' || /^[\s!&*|>'"%@`#]|^[-?:](?:\s|$)|: |\s#|\s$|:$/.test(text)) return true;
  return flow ? /[,[\]{}]/.test(text) : /^[[\]{},]/.test(text);
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A snippet as plain text, for clients without snippets. */
export function withoutPlaceholders(snippet: string): string {
  return snippet.replace(/(\\.)|\$0/g, (_all, escaped: string | undefined) => escaped?.slice(1) ?? '');
}

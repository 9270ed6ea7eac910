import type { CursorContext } from '#compose/syntax/cursor-context.ts';
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
  unit: number,
): Insertion | undefined {
  const start = suggestion.from ?? cursor.start;
  const inserted = suggestion.as;
  const space = cursor.spaceOwed && suggestion.from === undefined ? ' ' : '';
  const place = { start, end: cursor.end, filter: suggestion.filter ?? suggestion.label };
  if ('snippet' in inserted) {
    const lines = inserted.snippet.map((line) =>
      line.replace(/^(?: {2})+/, (pad) => ' '.repeat((pad.length / 2) * unit)),
    );
    return { ...place, text: space + lines.join(`\n${' '.repeat(cursor.column)}`) };
  }
  if (suggestion.inBrackets === true && ('raw' in inserted || 'scalar' in inserted)) {
    const within = { ...cursor, flow: true };
    const text =
      'raw' in inserted
        ? scalarText(inserted.raw, false, within)
        : scalarText(inserted.scalar, inserted.quoted === true, within);
    return { ...place, start: cursor.start, text: `${space}[${escapeSnippet(text)}]` };
  }
  if ('raw' in inserted) {
    const text = escapeSnippet(inserted.raw);
    return { ...place, text: suggestion.asItem === true ? `- ${text}` : space + text };
  }
  if ('scalar' in inserted) {
    const text = escapeSnippet(scalarText(inserted.scalar, inserted.quoted === true, cursor));
    return { ...place, text: suggestion.asItem === true ? `- ${text}` : space + text };
  }
  const key = escapeSnippet(keyText(inserted.key, cursor));
  if (cursor.colonFollows) return cursor.fits.key ? { ...place, text: key } : undefined;
  if (cursor.flow) return { ...place, text: `${space}${key}:${flowValue(inserted.shape)}` };
  const column = suggestion.asItem === true ? cursor.column + 2 : cursor.column;
  const value = blockValue(inserted.shape, inserted.children ?? [], column, unit);
  return { ...place, text: `${suggestion.asItem === true ? '- ' : space}${key}:${value}` };
}

/** What follows a key's colon, the cursor at the first thing to fill in. */
function blockValue(shape: Shape, children: readonly Child[], column: number, unit: number): string {
  const below = `\n${' '.repeat(column + unit)}`;
  switch (shape) {
    case 'scalar':
      return ' $0';
    case 'empty':
      return '$0';
    case 'list':
      return `${below}- ${childLines(children, column + unit + 2)}`;
    case 'map':
      return `${below}${childLines(children, column + unit)}`;
  }
}

function childLines(children: readonly Child[], column: number): string {
  if (children.length === 0) return '$0';
  const lines = children.map(({ key }, i) => `${escapeSnippet(key)}: ${i === 0 ? '$0' : ''}`);
  return lines.join(`\n${' '.repeat(column)}`);
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

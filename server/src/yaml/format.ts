import type { FormattingOptions, Range } from 'vscode-languageserver';
import { sameContent } from '#compose/syntax/compare.ts';
import { parse } from '#compose/syntax/parse.ts';
import type { ParsedFile } from '#compose/syntax/parsed-file.ts';
import type { LinedDocument } from '../to-lsp/lined-document.ts';
import { piecesOf } from './pieces.ts';
import type { YamlService } from './service.ts';

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * The edits that format a text, line by line so that the cursor stays where it is. None if the text has syntax errors,
 * or if formatting it would change what it says. A long text is formatted piece by piece, and other requests are served in between.
 *
 * @param isCancelled Asked between pieces; once it is true, there are no edits.
 */
export async function format(
  yaml: YamlService,
  file: ParsedFile,
  options: FormattingOptions,
  isCancelled: () => boolean = () => false,
): Promise<Replacement[]> {
  const { text, problems } = file;
  if (problems.some((problem) => problem.severity === 'error')) return [];
  const quotes = quotesOf(text);
  const crlf = text.includes('\r\n');
  const edits: Replacement[] = [];
  for (const piece of piecesOf(file)) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (isCancelled()) return [];
    const written = text.slice(piece.start, piece.end);
    const plain = piece.lead + (crlf ? written.replaceAll('\r\n', '\n') : written);
    const formatted = await yaml.format(plain, options, quotes);
    if (formatted === plain) continue;
    // What stands in front was formatted already.
    if (!formatted.startsWith(piece.lead) || !sameContent(parse('', plain), parse('', formatted))) return [];
    const body = formatted.slice(piece.lead.length);
    for (const edit of lineEdits(written, crlf ? body.replaceAll('\n', '\r\n') : body))
      edits.push({ ...edit, start: edit.start + piece.start, end: edit.end + piece.start });
  }
  return edits;
}

/** Of a formatting's edits those that touch the lines of a range. */
export function formatRange(
  edits: readonly Replacement[],
  document: Pick<LinedDocument, 'offsetAt'>,
  range: Range,
): Replacement[] {
  const start = document.offsetAt({ line: range.start.line, character: 0 });
  const end = document.offsetAt({ line: range.end.line + 1, character: 0 });
  return edits.filter((edit) => edit.start >= start && edit.end <= end);
}

/** The quotes that the text mostly uses: formatting should not turn a file over. */
function quotesOf(text: string): 'single' | 'double' {
  const single = text.match(/(?<=[\s[{,:-])'/g)?.length ?? 0;
  const double = text.match(/(?<=[\s[{,:-])"/g)?.length ?? 0;
  return single > double ? 'single' : 'double';
}

/** Edits of whole lines that turn one text into another. */
function lineEdits(before: string, after: string): Replacement[] {
  const from = splitLines(before);
  const to = splitLines(after);
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head += 1;
  let tail = 0;
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  ) {
    tail += 1;
  }
  const edits: Replacement[] = [];
  let offset = 0;
  for (let i = 0; i < head; i += 1) offset += from[i]?.length ?? 0;
  const oldMiddle = from.slice(head, from.length - tail);
  const newMiddle = to.slice(head, to.length - tail);
  if (oldMiddle.length !== newMiddle.length) {
    const length = oldMiddle.join('').length;
    return [{ start: offset, end: offset + length, newText: newMiddle.join('') }];
  }
  for (const [i, line] of oldMiddle.entries()) {
    const newText = newMiddle[i] ?? '';
    if (line !== newText) edits.push({ start: offset, end: offset + line.length, newText });
    offset += line.length;
  }
  return edits;
}

/** Each line with its line break. */
function splitLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

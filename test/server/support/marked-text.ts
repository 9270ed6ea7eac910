import type { TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** A text with the cursor mark `‸`, taken apart. */
export function cursorIn(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('‸');
  if (offset === -1) throw new Error(`No cursor mark in:\n${marked}`);
  return { text: marked.replace('‸', ''), offset };
}

/** Text edits as offsets, applied to a text. */
export function applyEdits(
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly newText: string }[],
): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, edit.start) + edit.newText + result.slice(edit.end);
  }
  return result;
}

/** Text edits as the protocol has them, applied to the text of a document. */
export function applyTextEdits(
  text: string,
  document: Pick<TextDocument, 'offsetAt'>,
  edits: readonly TextEdit[],
): string {
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      newText,
    })),
  );
}

export interface Expectation {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly code: string;
  /** Part of the message. */
  readonly message: string | undefined;
}

const annotation = /^(\s*#\s*)(\^+)\s+([\w-]+)(?:\s+"(.*)")?\s*$/;

/**
 * A text with annotations: under a line, a comment whose carets say which columns are reported, then the code and part of the message.
 * The annotations stay in the text: they are comments.
 */
export function expectationsIn(text: string): Expectation[] {
  const expectations: Expectation[] = [];
  let line = -1;
  for (const [index, content] of text.split('\n').entries()) {
    const found = annotation.exec(content.replace(/\r$/, ''));
    if (found === null) {
      line = index;
      continue;
    }
    const start = found[1]?.length ?? 0;
    expectations.push({
      line,
      start,
      end: start + (found[2]?.length ?? 0),
      code: found[3] ?? '',
      message: found[4],
    });
  }
  return expectations;
}

import type { Location, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '#compose/problem/span.ts';

export function toRange(document: TextDocument, span: Pick<Span, 'start' | 'end'>): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

export function toLocation(document: TextDocument, span: Pick<Span, 'start' | 'end'>): Location {
  return { uri: document.uri, range: toRange(document, span) };
}

export function fromRange(document: TextDocument, range: Range): { start: number; end: number } {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

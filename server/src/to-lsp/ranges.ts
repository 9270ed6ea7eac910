import type { Location, Range } from 'vscode-languageserver';
import type { LinedDocument } from './lined-document.ts';
import type { Span } from '#compose/problem/span.ts';

export function toRange(document: LinedDocument, span: Pick<Span, 'start' | 'end'>): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

export function toLocation(document: LinedDocument, span: Pick<Span, 'start' | 'end'>): Location {
  return { uri: document.uri, range: toRange(document, span) };
}

export function fromRange(document: LinedDocument, range: Range): { start: number; end: number } {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

import { expect, test } from 'vitest';
import { validateSchema } from '#compose/schema/validate.ts';
import type { Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { toPlain } from '#compose/syntax/to-plain.ts';
import { fc } from '../../property.ts';
import { SAMPLES } from './samples.ts';

const INDICATORS = [
  ...':-?[]{},&*!|>\'"%@`#\n\r\t ~<',
  'a',
  'b',
  '1',
  '<<',
  '---',
  '\n  ',
  '\n    ',
  ': ',
  '- ',
  `$\{A}`,
];

const soup = fc.array(fc.constantFrom(...INDICATORS), { maxLength: 60 }).map((parts) => parts.join(''));

/** A sample with a few places cut out, doubled or overwritten. */
const edited = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.array(
      fc.tuple(
        fc.noBias(fc.integer({ min: 0, max: 1000 })).map((at) => at / 1000),
        fc.nat(6),
        fc.oneof(soup, fc.constantFrom(...INDICATORS)),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([sample, edits]) =>
    edits.reduce((text, [at, length, insert]) => {
      const offset = Math.floor(at * text.length);
      return text.slice(0, offset) + insert + text.slice(offset + length);
    }, sample),
  );

const anyText = fc.oneof(
  soup,
  edited,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ maxLength: 80 }),
);

test('no text makes parsing, resolving or checking throw', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { documents, problems } = parse('test:', text);
      for (const { span } of problems) expectWithin(span, { start: 0, end: text.length });
      for (const document of documents) {
        const { root } = resolveDocument(document);
        if (root === undefined) continue;
        toPlain(root);
        validateSchema(root, { syntax: problems, interpolated: true });
      }
    }),
    { numRuns: 3000 },
  );
});

test('spans nest, come in order and slice to the source', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const { root } of parse('test:', text).documents) {
        if (root !== undefined) checkSpans(root, text, { start: 0, end: text.length });
      }
    }),
    { numRuns: 3000 },
  );
});

test('a text without problems is read the same with other line ends', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(edited, (text) => {
      const { documents, problems } = parse('test:', text);
      if (problems.length > 0 || text.includes('\r')) return;
      const values = documents.map(({ root }) => (root === undefined ? undefined : toPlain(root)));
      const again = parse('test:', text.replaceAll('\n', '\r\n')).documents;
      expect(again.map(({ root }) => (root === undefined ? undefined : toPlain(root)))).toEqual(values);
    }),
    { numRuns: 1000 },
  );
});

interface Range {
  readonly start: number;
  readonly end: number;
}

function expectWithin(inner: Range, outer: Range): void {
  expect(inner.start).toBeGreaterThanOrEqual(outer.start);
  expect(inner.end).toBeGreaterThanOrEqual(inner.start);
  expect(inner.end).toBeLessThanOrEqual(outer.end);
}

function checkSpans(node: Node, text: string, outer: Range): void {
  expectWithin(node.span, outer);
  switch (node.kind) {
    case 'alias':
      expect(text.slice(node.span.start, node.span.end)).toBe(`*${node.name}`);
      return;
    case 'scalar': {
      const written = text.slice(node.span.start, node.span.end);
      if (node.broken) return;
      if (node.style === 'plain') expect(withoutSpace(written)).toBe(withoutSpace(node.source));
      if (node.style === 'double') expect(written).toMatch(/^".*"$/s);
      if (node.style === 'single') expect(written).toMatch(/^'.*'$/s);
      if (node.style === 'literal') expect(written[0]).toBe('|');
      if (node.style === 'folded') expect(written[0]).toBe('>');
      return;
    }
    case 'seq': {
      let from = node.span.start;
      for (const item of node.items) {
        checkSpans(item, text, { start: from, end: node.span.end });
        from = item.span.end;
      }
      return;
    }
    case 'map': {
      for (const { key, value } of node.entries) {
        checkSpans(key, text, node.span);
        checkSpans(value, text, node.span);
        expect(value.keySpan).toEqual(key.span);
      }
    }
  }
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

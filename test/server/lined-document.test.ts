import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fc } from '../property.ts';
import { LinedDocument } from '../../server/src/to-lsp/lined-document.ts';

const piece = fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n', '  b: c\n', '');
const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));

/** Every place in a document and beside it, in both directions. */
function places(document: TextDocument | LinedDocument) {
  const end = document.getText().length;
  const offsets = Array.from({ length: end + 4 }, (_, i) => i - 2);
  const lines = Array.from({ length: document.lineCount + 3 }, (_, i) => i - 1);
  const positions = lines.flatMap((line) => [-1, 0, 1, 2, 99].map((character) => ({ line, character })));
  return {
    text: document.getText(),
    lineCount: document.lineCount,
    positions: offsets.map((offset) => document.positionAt(offset)),
    offsets: positions.map((position) => document.offsetAt(position)),
    part: document.getText({ start: { line: 0, character: 1 }, end: { line: 1, character: 1 } }),
  };
}

test('positions are those of the library, after any edits', () => {
  const edit = fc.record({ at: fc.nat(60), remove: fc.nat(4), insert: text });
  fc.assert(
    fc.property(text, fc.array(edit, { maxLength: 5 }), fc.boolean(), (begin, edits, isLookedAt) => {
      let document = new LinedDocument('file:///a', 'x', 1, begin);
      for (const { at, remove, insert } of edits) {
        if (isLookedAt) document.positionAt(0);
        const before = document.getText();
        const start = Math.min(at, before.length);
        const end = Math.min(start + remove, before.length);
        document = document.edited(start, end, insert, document.version + 1);
        expect(document.getText()).toBe(before.slice(0, start) + insert + before.slice(end));
      }
      const { uri, languageId, version } = document;
      const same = TextDocument.create(uri, languageId, version, document.getText());
      expect(places(document)).toEqual(places(same));
      expect(version).toBe(edits.length + 1);
    }),
    { numRuns: 500 },
  );
});

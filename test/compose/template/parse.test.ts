import { describe, expect, test } from 'vitest';
import { parseTemplate, type TemplatePart } from '#compose/template/parse.ts';
import { fc } from '../../property.ts';

/** The parts as text: what each covers, and of variables the name, the operator and the parts of the argument. */
function outline(template: string, parts: readonly TemplatePart[] = parseTemplate(template)): string {
  return parts.map((part) => outlineOf(part, template)).join(' ');
}

function outlineOf(part: TemplatePart, template: string): string {
  switch (part.kind) {
    case 'text':
      return `text(${template.slice(part.start, part.end)})`;
    case 'escape':
      return 'escape';
    case 'invalid':
      return `invalid(${part.reason})`;
    case 'variable': {
      expect(template.slice(part.nameStart, part.nameStart + part.name.length)).toBe(part.name);
      const { argument } = part;
      if (argument === undefined) return part.braced ? `{${part.name}}` : part.name;
      return `{${part.name} ${argument.operator} [${outline(template, argument.parts)}]}`;
    }
  }
}

describe('parts of a template', () => {
  test.each([
    ['', ''],
    ['plain', 'text(plain)'],
    ['$A', 'A'],
    ['$A_1-x', 'A_1 text(-x)'],
    ['a${A}b', 'text(a) {A} text(b)'],
    ['${A}${B}', '{A} {B}'],
    ['${A:-}', '{A :- []}'],
    ['${A:-x}', '{A :- [text(x)]}'],
    ['${A-x}', '{A - [text(x)]}'],
    ['${A:+x}', '{A :+ [text(x)]}'],
    ['${A+x}', '{A + [text(x)]}'],
    ['${A:?x y}', '{A :? [text(x y)]}'],
    ['${A?x}', '{A ? [text(x)]}'],
    ['${A:-${B:-$C}}', '{A :- [{B :- [C]}]}'],
    ['${A:-b?c}', '{A :- [text(b?c)]}'],
    ['${A?b:-c}', '{A ? [text(b:-c)]}'],
    ['${A:-x} and ${B-y} or $C', '{A :- [text(x)]} text( and ) {B - [text(y)]} text( or ) C'],
    ['${A:-x}}', '{A :- [text(x)]} text(})'],
    ['${A:-{"a": 1}}!', '{A :- [text({"a": 1})]} text(!)'],
    // The character after a brace is not counted, so the last brace closes.
    ['${A:-{}}', '{A :- [text({})]}'],
    ['$$A', 'escape text(A)'],
    ['$$$A', 'escape A'],
    ['$${A}', 'escape text({A})'],
    ['a $ b $1 $', 'text(a $ b $1 $)'],
    ['${}', 'invalid(not-a-name) text(})'],
    ['${1}', 'invalid(not-a-name) text(1})'],
    ['${ A}', 'invalid(not-a-name) text( A})'],
    ['${A', 'invalid(not-closed) text(A)'],
    ['${A:-x', 'invalid(not-closed) text(A:-x)'],
    ['${A:-x\n}', 'invalid(not-closed) text(A:-x\n})'],
    ['${A!}', 'invalid(unknown-operator) text(A!})'],
    ['${A:=x}', 'invalid(unknown-operator) text(A:=x})'],
    ['one\n${A:-x}\n${B', 'text(one\n) {A :- [text(x)]} text(\n) invalid(not-closed) text(B)'],
  ])('%j', (template, expected) => {
    expect(outline(template)).toBe(expected);
  });

  test('nesting beyond reason is refused, not followed', () => {
    const template = `${'${A:-'.repeat(20_000)}${'}'.repeat(20_000)}`;
    expect(outline(template)).toContain('invalid(too-deep)');
  });

  test('parts cover any text without gaps', () => {
    const pieces = fc.constantFrom('$', '{', '}', 'A', 'b1', ':', '-', '+', '?', ' ', '\n', '1', '"', '$$');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (words) => {
        const template = words.join('');
        let at = 0;
        for (const { start, end } of parseTemplate(template)) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBe(template.length);
      }),
    );
  });
});

import type { Variable } from '#compose/load/variables.ts';
import { nodeAt } from '#compose/syntax/at.ts';
import type { VariableUse } from '#compose/template/uses.ts';
import type { SourceFile } from '../workspace/files.ts';
import { counts, shownDefault } from '../workspace/variables.ts';
import type { Fix } from './fix.ts';
import { wording } from '../words/words.ts';

/** The value of a variable, or the default that counts, in the place of `${…}`. What looks like a password stays where it is. */
export function inlineVariable(
  file: SourceFile,
  use: VariableUse,
  variable: Variable | undefined,
): Fix | undefined {
  const value = valueFor(use, variable);
  if (value === undefined || /[\r\n]/.test(value) || shownDefault(use.name, value) !== value)
    return undefined;
  const root = file.roots.find(({ span }) => span.start <= use.whole.start && use.whole.end <= span.end);
  const node = root === undefined ? undefined : nodeAt(root, use.whole.start).nodes.at(-1);
  if (node?.kind !== 'scalar') return undefined;
  const title = wording('inline.variable', { name: use.name });
  const { start, end } = use.whole;
  const literal = value.replaceAll('$', '$$$$');
  if (node.style === 'literal' || node.style === 'folded')
    return { title, edits: [{ start, end, newText: literal }] };
  if (node.style === 'single')
    return { title, edits: [{ start, end, newText: literal.replaceAll("'", "''") }] };
  if (node.style === 'double')
    return { title, edits: [{ start, end, newText: JSON.stringify(literal).slice(1, -1) }] };
  const from = node.span.start;
  const plain = file.text.slice(from, node.span.end).trimEnd();
  if (plain !== node.source) return undefined;
  const whole = plain.slice(0, start - from) + literal + plain.slice(end - from);
  // What a variable brings is text, whatever it looks like.
  const isText =
    /^[A-Za-z./~][\w./~@%+=-]*(?::[\w./~@%+=-]+)*$/.test(whole) &&
    !/^(?:true|false|null|yes|no|on|off|y|n|~|[.]\d.*|[.](?:inf|nan))$/i.test(whole);
  const newText = isText ? whole : JSON.stringify(whole);
  return { title, edits: [{ start: from, end: from + plain.length, newText }] };
}

/** `undefined`: nothing is known, or what there is has variables of its own. */
function valueFor(use: VariableUse, variable: Variable | undefined): string | undefined {
  const operator = use.part.argument?.operator;
  if (operator === '+' || operator === ':+') return undefined;
  if (counts(use, variable)) return variable.value;
  if (operator !== '-' && operator !== ':-') return undefined;
  return use.argument?.includes('$') === false ? use.argument : undefined;
}

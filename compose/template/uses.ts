import { type Fact, factOf, movedEach } from '../syntax/facts.ts';
import type { Node, ScalarNode } from '../syntax/node.ts';
import { shiftSpan } from '../syntax/shift.ts';
import type { Span } from '../problem/span.ts';
import { parseTemplate, type TemplatePart, type VariablePart } from './parse.ts';

/** A variable where a document uses it. */
export interface VariableUse {
  readonly name: string;
  /** Of the name alone. */
  readonly span: Span;
  /** From the dollar sign to its end. */
  readonly whole: Span;
  readonly part: VariablePart;
  /** What is written behind the operator. */
  readonly argument: string | undefined;
}

/** The variables in the values of a document, those inside defaults too, in the order of the text. Keys have none. */
export function variablesIn(root: Node, text: string): readonly VariableUse[] {
  const uses: VariableUse[] = [];
  if (root.kind !== 'map') visit(root, text, uses);
  else for (const section of root.entries) visitSection(section.value, text, uses);
  return uses;
}

/** What a service uses is known as long as edits elsewhere only move it. */
function visitSection(section: Node, text: string, uses: VariableUse[]): void {
  if (section.kind !== 'map') visit(section, text, uses);
  else
    for (const entry of section.entries) for (const use of factOf(entry, usesOfEntry, text)) uses.push(use);
}

const usesOfEntry: Fact<readonly VariableUse[], string> = {
  find({ value }, text) {
    const uses: VariableUse[] = [];
    visit(value, text, uses);
    return uses;
  },
  move: movedEach((use, by) => ({
    ...use,
    span: shiftSpan(use.span, by),
    whole: shiftSpan(use.whole, by),
  })),
};

function visit(node: Node, text: string, uses: VariableUse[]): void {
  if (node.kind === 'map') for (const { value } of node.entries) visit(value, text, uses);
  else if (node.kind === 'seq') for (const item of node.items) visit(item, text, uses);
  else if (node.kind === 'scalar' && node.source.includes('$')) inScalar(node, text, uses);
}

/** The text as written is parsed, so that offsets are right in every style. */
function inScalar(node: ScalarNode, text: string, uses: VariableUse[]): void {
  const { uri, start, end } = node.span;
  const written = text.slice(start, end);
  const collect = (parts: readonly TemplatePart[]): void => {
    for (const part of parts) {
      if (part.kind !== 'variable') continue;
      const nameStart = start + part.nameStart;
      uses.push({
        name: part.name,
        span: { uri, start: nameStart, end: nameStart + part.name.length },
        whole: { uri, start: start + part.start, end: start + part.end },
        part,
        argument:
          part.argument === undefined ? undefined : written.slice(part.argument.start, part.argument.end),
      });
      if (part.argument !== undefined) collect(part.argument.parts);
    }
  };
  collect(parseTemplate(written));
}

import { type InvalidPart, parseTemplate, type TemplatePart, type VariablePart } from './parse.ts';

/** Gives a variable's value; `undefined` if it is not set. */
export type Lookup = (name: string) => string | undefined;

export interface Substitution {
  /** The text with values in place of variables. Where there are problems, what they are about is left empty. */
  readonly value: string;
  /** What Docker Compose refuses, in the order of the text. */
  readonly problems: readonly TemplateProblem[];
  /** Variables without a value that become the empty text, once for each place. */
  readonly unset: readonly VariablePart[];
}

/** Offsets are UTF-16 code units from the start of the template. */
export type TemplateProblem =
  | {
      readonly kind: 'invalid';
      readonly start: number;
      readonly end: number;
      readonly reason: InvalidPart['reason'] | 'too-long';
    }
  | {
      readonly kind: 'required';
      readonly start: number;
      readonly end: number;
      readonly name: string;
      /** What the file says about it; may be empty. */
      readonly message: string;
    };

/** Variables made of variables can grow without end. */
const mostCharacters = 1_000_000;

/** Puts values in place of variables. Branches that are not taken are not looked at: `${A:-${B:?no}}` needs no B when there is an A. */
export function substitute(template: string, lookup: Lookup): Substitution {
  const problems: TemplateProblem[] = [];
  const unset: VariablePart[] = [];

  function all(parts: readonly TemplatePart[]): string {
    let value = '';
    for (const part of parts) {
      value += valueOfPart(part);
      if (value.length > mostCharacters) {
        problems.push({ kind: 'invalid', start: part.start, end: part.end, reason: 'too-long' });
        return '';
      }
    }
    return value;
  }

  function valueOfPart(part: TemplatePart): string {
    switch (part.kind) {
      case 'text':
        return template.slice(part.start, part.end);
      case 'escape':
        return '$';
      case 'invalid':
        problems.push({ kind: 'invalid', start: part.start, end: part.end, reason: part.reason });
        return '';
      case 'variable':
        return variableValue(part);
    }
  }

  function variableValue(part: VariablePart): string {
    const value = lookup(part.name);
    const { argument } = part;
    if (argument === undefined) {
      if (value === undefined) unset.push(part);
      return value ?? '';
    }
    const { operator, parts } = argument;
    const present = value !== undefined && (operator.length === 1 || value !== '');
    switch (operator) {
      case ':-':
      case '-':
        return present ? value : all(parts);
      case ':+':
      case '+':
        return present ? all(parts) : '';
      case ':?':
      case '?': {
        if (present) return value;
        const { start, end, name } = part;
        problems.push({ kind: 'required', start, end, name, message: all(parts) });
        return '';
      }
    }
  }

  return { value: all(parseTemplate(template)), problems, unset };
}

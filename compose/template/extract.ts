import type { Node } from '../syntax/node.ts';
import { parseTemplate, type TemplatePart, type VariablePart } from './parse.ts';

/** A variable that texts ask for. */
export interface TemplateVariable {
  readonly name: string;
  /** After `-` or `:-`, as written. */
  readonly defaultValue: string;
  /** After `+` or `:+`, as written. */
  readonly presenceValue: string;
  readonly required: boolean;
}

/** All variables in the texts of a tree, by name; of a variable that is asked for in several ways, the way that says most. Keys are not looked at. */
export function extractVariables(tree: Node): ReadonlyMap<string, TemplateVariable> {
  const variables = new Map<string, TemplateVariable>();
  visit(tree, (text) => {
    for (const part of variablesOf(parseTemplate(text))) {
      const found = describe(part, text);
      const known = variables.get(part.name);
      if (known === undefined || informative(found) > informative(known)) variables.set(part.name, found);
    }
  });
  return variables;
}

/** The variables of a template, those in arguments after the one they belong to. */
export function variablesOf(parts: readonly TemplatePart[]): readonly VariablePart[] {
  return parts.flatMap((part) =>
    part.kind === 'variable' ? [part, ...variablesOf(part.argument?.parts ?? [])] : [],
  );
}

function visit(node: Node, each: (text: string) => void): void {
  if (node.kind === 'map') for (const { value } of node.entries) visit(value, each);
  else if (node.kind === 'seq') for (const item of node.items) visit(item, each);
  else if (node.kind === 'scalar' && typeof node.value === 'string') each(node.value);
}

function describe({ name, argument }: VariablePart, text: string): TemplateVariable {
  const written = argument === undefined ? '' : text.slice(argument.start, argument.end);
  const operator = argument?.operator.at(-1);
  return {
    name,
    defaultValue: operator === '-' ? written : '',
    presenceValue: operator === '+' ? written : '',
    required: operator === '?',
  };
}

function informative({ defaultValue, presenceValue, required }: TemplateVariable): number {
  if (required) return 3;
  if (defaultValue !== '') return 2;
  return presenceValue === '' ? 0 : 1;
}

import type { FeatureContext } from '../context.ts';
import type { Explanation } from './explanation.ts';
import type { SourceFile } from '../workspace/files.ts';
import {
  counts,
  originOf,
  shownDefault,
  shownValue,
  variableAt,
  variablesFor,
} from '../workspace/variables.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { type Wording, wording } from '../words/words.ts';

/** The value of the variable at an offset, and where it comes from. */
export async function hoverOfVariable(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
): Promise<Explanation | undefined> {
  const use = variableAt(file, offset);
  if (use === undefined) return undefined;
  const variables = await variablesFor(context.projects, file);
  const variable = variables?.variable(use.name);
  const lines: string[] = [];
  const add = (what: Wording) => lines.push(formatPhrase(what, context.words));
  if (variable === undefined) add(wording('hover.unset', { name: use.name }));
  else {
    const value = shownValue(use.name, variable);
    add(
      value === ''
        ? wording('hover.empty', { name: use.name, origin: originOf(variable) })
        : wording('hover.set', { name: use.name, value, origin: originOf(variable) }),
    );
  }
  const operator = use.part.argument?.operator;
  const argument = shownDefault(use.name, use.argument ?? '');
  const taken = counts(use, variable);
  if (operator === ':-' || operator === '-') {
    add(taken ? wording('hover.default-unused', { argument }) : wording('hover.default', { argument }));
  } else if (operator === ':+' || operator === '+') {
    add(taken ? wording('hover.replaced', { argument }) : wording('hover.not-replaced'));
  } else if (operator !== undefined && !taken) {
    add(wording('hover.required', { argument }));
  } else if (operator === undefined && variable === undefined) {
    add(wording('hover.blank'));
  }
  return { markdown: lines.join('\n\n'), span: use.whole };
}

import type { FeatureContext } from '../context.ts';
import type { Explanation } from './explanation.ts';
import type { SourceFile } from '../workspace/files.ts';
import { counts, originOf, shownValue, variableAt, variablesFor } from '../workspace/variables.ts';

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
  if (variable === undefined) lines.push(`\`${use.name}\` is not set.`);
  else {
    const value = shownValue(use.name, variable.value);
    lines.push(
      value === ''
        ? `\`${use.name}\` is empty (${originOf(variable)}).`
        : `\`${use.name}\` = \`${value}\` (${originOf(variable)})`,
    );
  }
  const operator = use.part.argument?.operator;
  const argument = use.argument ?? '';
  const taken = counts(use, variable);
  if (operator === ':-' || operator === '-') {
    lines.push(taken ? `The default \`${argument}\` is not used.` : `The default counts: \`${argument}\``);
  } else if (operator === ':+' || operator === '+') {
    lines.push(taken ? `Replaced by \`${argument}\`` : 'Nothing is written in its place.');
  } else if (operator !== undefined && !taken) {
    lines.push(`It is required: ${argument}`);
  } else if (operator === undefined && variable === undefined) {
    lines.push(
      'Docker Compose puts nothing in its place, with a warning. Set it in `.env`, or give a default.',
    );
  }
  return { markdown: lines.join('\n\n'), span: use.whole };
}

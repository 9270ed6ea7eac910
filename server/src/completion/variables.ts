import type { FeatureContext } from '../context.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Suggestion } from './suggestion.ts';

export interface VariableSuggestion {
  readonly suggestion: Suggestion;
  readonly start: number;
  readonly end: number;
  /** What is written: the variable's name. */
  readonly text: string;
}

/** Variables for a `${…` or `$…` at the cursor; `undefined` when there is none. */
export async function variableSuggestions(
  _context: FeatureContext,
  file: SourceFile,
  offset: number,
): Promise<VariableSuggestion[] | undefined> {
  const opened = /(?<!\$)(?:\$\$)*\$(\{?)([A-Za-z_]\w*)?$/.exec(lineBefore(file.text, offset));
  if (opened === null) return undefined;
  return [];
}

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

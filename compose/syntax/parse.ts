import type { ParsedFile } from './parsed-file.ts';
import { readFile } from './build/file.ts';
import { DEFAULT_LIMITS, type ParseLimits } from './nesting-limits.ts';
import { repair } from './repair.ts';
import { isLocal } from './syntax-problem.ts';

/**
 * Parses YAML as Docker Compose reads it. Never throws: whatever is wrong is a problem, and the rest of the tree is there all the same.
 * Offsets are UTF-16 code units of `text`.
 */
export function parse(uri: string, text: string, limits: ParseLimits = DEFAULT_LIMITS): ParsedFile {
  const first = readFile({
    uri,
    text,
    limits,
    readable: text,
    unclosedQuotes: new Map(),
    layout: 'indented',
  });
  const { documents, problems } = repair(first);
  return {
    uri,
    text,
    documents,
    problems: problems.list(limits.maxProblems),
    separable: problems.found.every(isLocal),
  };
}

import { PatternTable } from '../../values/path.ts';
import { formatPath } from '../../values/path.ts';
import type { Problem } from '../../problem/problem.ts';
import { Finder, type Match } from '../../syntax/matches.ts';
import type { Node } from '../../syntax/node.ts';
import { shiftProblem } from '../../syntax/shift.ts';
import { changedValueRules } from './changed-values.ts';
import { essentialRules } from './essential.ts';
import { practiceRules } from './practice.ts';
import type { LintRule } from './rule.ts';
import { trapRules } from './traps.ts';
import { valueRules } from './values.ts';

const usualRules: readonly LintRule[] = [
  ...trapRules,
  ...changedValueRules,
  ...valueRules,
  ...essentialRules,
];

export const lintRules: readonly LintRule[] = [...usualRules, ...practiceRules];

const usual = finderOf(usualRules);
const practice = finderOf(practiceRules);

/** What the rules of the groups `trap` and `essential` remark in a document. Which of it to show is the reader's choice: `LintRule.group`. */
export function lint(root: Node): readonly Problem[] {
  return usual.in(root);
}

/** What those of the group `practice` remark: several hints for each service, which few want to see. */
export function lintPractice(root: Node): readonly Problem[] {
  return practice.in(root);
}

function finderOf(rules: readonly LintRule[]): Finder<readonly LintRule[], Problem> {
  return new Finder(new PatternTable(byPattern(rules)), problemsAt, shiftProblem);
}

function problemsAt({ rule: rules, node, path, parent }: Match<readonly LintRule[]>): readonly Problem[] {
  if (node.broken === true) return [];
  return rules.flatMap(({ code, severity, check }) =>
    check({ node, path, parent }).map(({ start, end, ...finding }) => ({
      code,
      severity,
      span: { uri: node.span.uri, start, end },
      path: formatPath(path),
      ...finding,
    })),
  );
}

const groups = new Map(lintRules.map((rule) => [rule.code, rule.group]));

export function lintGroupOf(code: string): LintRule['group'] | undefined {
  return groups.get(code);
}

function byPattern(rules: readonly LintRule[]): Map<string, readonly LintRule[]> {
  const found = new Map<string, LintRule[]>();
  for (const rule of rules) {
    for (const pattern of rule.patterns) {
      const those = found.get(pattern) ?? [];
      those.push(rule);
      found.set(pattern, those);
    }
  }
  return found;
}

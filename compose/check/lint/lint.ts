import { PatternTable } from '../../path.ts';
import { formatPath } from '../../path.ts';
import type { Problem } from '../../problem.ts';
import { eachMatch } from '../../syntax/matches.ts';
import type { Node } from '../../syntax/node.ts';
import { essentialRules } from './essential.ts';
import { practiceRules } from './practice.ts';
import type { LintRule } from './rule.ts';
import { trapRules } from './traps.ts';
import { valueRules } from './values.ts';

export const lintRules: readonly LintRule[] = [
  ...trapRules,
  ...valueRules,
  ...essentialRules,
  ...practiceRules,
];

const table = new PatternTable<readonly LintRule[]>(byPattern());

/** Everything the rules remark in a document. Which of it to show is the reader's choice: `LintRule.group`. */
export function lint(root: Node, text: string): readonly Problem[] {
  const problems: Problem[] = [];
  eachMatch(root, table, ({ rule: rules, node, path, parent }) => {
    if (node.broken === true) return;
    for (const rule of rules) {
      for (const { start, end, ...finding } of rule.check({ node, path, parent, text })) {
        problems.push({
          code: rule.code,
          severity: rule.severity,
          span: { uri: node.span.uri, start, end },
          path: formatPath(path),
          ...finding,
        });
      }
    }
  });
  return problems;
}

const groups = new Map(lintRules.map((rule) => [rule.code, rule.group]));

export function lintGroupOf(code: string): LintRule['group'] | undefined {
  return groups.get(code);
}

function byPattern(): Map<string, LintRule[]> {
  const found = new Map<string, LintRule[]>();
  for (const rule of lintRules) {
    for (const pattern of rule.patterns) {
      const rules = found.get(pattern) ?? [];
      rules.push(rule);
      found.set(pattern, rules);
    }
  }
  return found;
}

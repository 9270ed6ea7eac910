import type { Path } from '../../values/path.ts';
import type { Phrase } from '../../problem/phrase.ts';
import type { Problem, Severity } from '../../problem/problem.ts';
import type { Node } from '../../syntax/node.ts';

/** How much a person has to care to want to hear of it. */
export type LintGroup = 'trap' | 'essential' | 'practice';

/** What Docker Compose accepts, and what is still worth a remark. */
export interface LintRule {
  readonly code: string;
  readonly severity: Severity;
  readonly group: LintGroup;
  /** Paths of the values that `check` looks at. */
  readonly patterns: readonly string[];
  readonly check: (target: LintTarget) => readonly Finding[];
}

/** What a rule may look at: nothing beyond the service, network, … that it is in. */
export interface LintTarget {
  readonly path: Path;
  readonly node: Exclude<Node, { kind: 'alias' }>;
  readonly parent: Node | undefined;
}

export interface Finding extends Pick<Problem, 'message' | 'data' | 'tags' | 'related'> {
  readonly start: number;
  readonly end: number;
}

/** A finding about a whole node; about its key where the value takes several lines. */
export function about(node: Node, message: Phrase, extra: Pick<Finding, 'data' | 'tags'> = {}): Finding {
  const span = node.kind === 'scalar' || node.keySpan === undefined ? node.span : node.keySpan;
  return { start: span.start, end: span.end, message, ...extra };
}

/** A finding about a service as such: shown at its name. */
export function aboutName(node: Node, message: Phrase, extra: Pick<Finding, 'data'> = {}): Finding {
  const span = node.keySpan ?? node.span;
  return { start: span.start, end: span.end, message, ...extra };
}

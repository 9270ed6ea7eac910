import type { Problem } from '../problem/problem.ts';
import { formatPath, type Path } from '../values/path.ts';
import type { Span } from '../problem/span.ts';
import { type Phrase, phrase } from '../problem/phrase.ts';

/** Codes of what can be wrong with the YAML itself. Stable: settings and suppressions name them. */
export type SyntaxCode =
  | 'duplicate-key'
  | 'yaml-alias-cycle'
  | 'yaml-bad-character'
  | 'yaml-bad-escape'
  | 'yaml-bad-indent'
  | 'yaml-bad-tag'
  | 'yaml-block-scalar'
  | 'yaml-collection-key'
  | 'yaml-control-character'
  | 'yaml-excessive-aliasing'
  | 'yaml-merge-value'
  | 'yaml-missing-colon'
  | 'yaml-missing-comma'
  | 'yaml-missing-dash'
  | 'yaml-missing-space'
  | 'yaml-nested-mapping'
  | 'yaml-non-string-key'
  | 'yaml-tab'
  | 'yaml-too-deep'
  | 'yaml-too-large'
  | 'yaml-too-many-nodes'
  | 'yaml-unclosed-bracket'
  | 'yaml-unclosed-quote'
  | 'yaml-unexpected'
  | 'yaml-unknown-anchor';

export interface SyntaxProblem extends Problem {
  readonly code: SyntaxCode;
}

/** Codes that are about what was said, not how it was written: the tree around them is exact. */
const ABOUT_MEANING: ReadonlySet<SyntaxCode> = new Set<SyntaxCode>([
  'duplicate-key',
  'yaml-alias-cycle',
  'yaml-merge-value',
  'yaml-non-string-key',
  'yaml-unknown-anchor',
]);

/** Codes of mistakes that end with their line: how the lines below are read does not depend on them. */
const LOCAL: ReadonlySet<string> = new Set<SyntaxCode>([
  ...ABOUT_MEANING,
  'yaml-bad-character',
  'yaml-bad-escape',
  'yaml-bad-tag',
  'yaml-missing-colon',
  'yaml-missing-space',
  'yaml-nested-mapping',
]);

export function isLocal({ code }: Problem): boolean {
  return LOCAL.has(code);
}

/** Collects the problems of one file: one per cause, no more than the limit. */
export class SyntaxProblems {
  readonly #uri: string;
  readonly #text: string;
  readonly #found: SyntaxProblem[] = [];
  readonly #echoes = new Set<SyntaxProblem>();

  constructor(uri: string, text: string) {
    this.#uri = uri;
    this.#text = text;
  }

  add(code: SyntaxCode, start: number, end: number, message: Phrase, path?: Path): void {
    this.#found.push({ code, message, severity: 'error', span: this.#span(start, end), ...at(path) });
  }

  /** A problem that is another one's doing: the text is not as clear as it would be without, but there is nothing to say about it. */
  addEcho(code: SyntaxCode, start: number, end: number, message: Phrase): void {
    const problem: SyntaxProblem = { code, message, severity: 'error', span: this.#span(start, end) };
    this.#found.push(problem);
    this.#echoes.add(problem);
  }

  addDuplicate(key: string, again: Span, first: Span, path: Path): void {
    this.#found.push({
      code: 'duplicate-key',
      message: phrase('duplicate-key', { key }),
      severity: 'error',
      span: again,
      path: formatPath(path),
      related: [{ span: first, message: phrase('duplicate-key.first', { key }) }],
      data: { key },
    });
  }

  adopt(problem: SyntaxProblem): void {
    this.#found.push(problem);
  }

  /** In no order, and more than one for a cause. */
  get found(): readonly SyntaxProblem[] {
    return this.#found;
  }

  /** Whether anything but problems of meaning was found. */
  get malformed(): boolean {
    return this.#found.some((problem) => !ABOUT_MEANING.has(problem.code));
  }

  has(code: SyntaxCode): boolean {
    return this.#found.some((problem) => problem.code === code);
  }

  /** In order of position. A malformed line confuses the reader more than once: only one such problem is kept for each line. */
  list(limit: number): readonly SyntaxProblem[] {
    if (this.#found.length === 0) return [];
    const said = this.#found.filter((problem) => !this.#echoes.has(problem));
    const sorted = said.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    const kept: SyntaxProblem[] = [];
    let lineEnd = -1;
    let ofLine = -1;
    for (const problem of sorted) {
      if (ABOUT_MEANING.has(problem.code)) {
        kept.push(problem);
      } else if (problem.span.start > lineEnd) {
        const newline = this.#text.indexOf('\n', problem.span.start);
        lineEnd = newline === -1 ? this.#text.length : newline;
        ofLine = kept.length;
        kept.push(problem);
      } else if (problem.code === 'yaml-unclosed-quote') {
        // It is what makes the rest of its line, and brackets around it, look wrong.
        kept[ofLine] = problem;
      }
    }
    return kept.slice(0, limit);
  }

  #span(start: number, end: number): Span {
    const from = Math.min(start, this.#text.length);
    return { uri: this.#uri, start: from, end: Math.max(from, Math.min(end, this.#text.length)) };
  }
}

function at(path: Path | undefined): { path?: string } {
  return path === undefined || path.length === 0 ? {} : { path: formatPath(path) };
}

import type { Problem } from '../problem/problem.ts';
import type { Report } from '../syntax/report.ts';

/** More would be noise. */
const most = 1000;

/**
 * Collects what the stages of a load find, so that one cause is one problem: nothing is said twice about one place, and once a value was
 * reported as wrong, later stages do not stumble over it again.
 */
export class ProblemList {
  readonly #problems: { readonly problem: Problem; readonly stage: number }[] = [];
  readonly #seen = new Set<string>();
  #stage = 0;
  #failed = false;
  #lacksFiles = false;

  readonly report: Report = (problem) => {
    const { uri, start, end } = problem.span;
    const key = `${problem.code} ${start} ${end} ${uri}`;
    if (problem.severity === 'error') this.#failed = true;
    if (this.#problems.length >= most || this.#seen.has(key) || this.#follows(problem)) return;
    this.#seen.add(key);
    this.#problems.push({ problem, stage: this.#stage });
  };

  /** What is reported from now on may follow from what was reported before. */
  nextStage(): void {
    this.#stage += 1;
  }

  /** A file that is part of the whole was not found: what seems to be undefined may be in there. */
  lacksFile(): void {
    this.#lacksFiles = true;
  }

  get hasErrors(): boolean {
    return this.#failed;
  }

  /** In the order of files and positions. */
  list(): readonly Problem[] {
    const files = new Map<string, number>();
    for (const { problem } of this.#problems) {
      if (!files.has(problem.span.uri)) files.set(problem.span.uri, files.size);
    }
    const fileOf = (problem: Problem) => files.get(problem.span.uri) ?? 0;
    return this.#problems
      .map(({ problem }) => problem)
      .sort((a, b) => fileOf(a) - fileOf(b) || a.span.start - b.span.start || a.span.end - b.span.end);
  }

  #follows(problem: Problem): boolean {
    if (problem.severity !== 'error') return false;
    if (this.#lacksFiles && problem.code.startsWith('undefined-')) return true;
    return this.#problems.some(
      ({ problem: earlier, stage }) =>
        stage < this.#stage &&
        earlier.severity === 'error' &&
        !aboutAbsence.has(earlier.code) &&
        earlier.span.uri === problem.span.uri &&
        (isAround(earlier, problem) || isSameValue(earlier, problem)),
    );
  }
}

function isAround(earlier: Problem, problem: Problem): boolean {
  return earlier.span.start <= problem.span.start && problem.span.end <= earlier.span.end;
}

/** An unknown key is reported with the path of the mapping that has it. */
function isSameValue(earlier: Problem, problem: Problem): boolean {
  return (
    problem.path !== undefined &&
    problem.path !== '' &&
    earlier.path === problem.path &&
    earlier.code !== 'schema-unknown-property'
  );
}

/** Problems shown at a value because something in it is missing; what is in it may still be wrong for itself. */
const aboutAbsence: ReadonlySet<string> = new Set(['schema-required', 'duplicate-key']);

import type { Report } from '../syntax/report.ts';
export interface CanonicalContext {
  readonly report: Report;
  /** Leave short forms that cannot be read as they are: they hold `${…}`. */
  readonly lenient: boolean;
}

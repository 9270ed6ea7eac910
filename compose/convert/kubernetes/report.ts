import type { Remark } from './scope.ts';

/** One line for each: where, and why. Empty when everything went over. */
export function remarksText(remarks: readonly Remark[]): string {
  return remarks.map(({ path, reason }) => `${path}: ${reason}\n`).join('');
}

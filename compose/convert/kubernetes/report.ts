import type { Remark } from './remark.ts';

/** One line for each: where, and why. Empty when everything went over. */
export function remarksText(remarks: readonly Remark[]): string {
  return remarks.map(({ path, reason }) => `${path}: ${reason}\n`).join('');
}

import type { Remark } from './remark.ts';
import { formatPhrase } from '../../problem/format-phrase.ts';

/** One line for each: where, and why. Empty when everything went over. */
export function remarksText(remarks: readonly Remark[]): string {
  return remarks.map(({ path, reason }) => `${path}: ${formatPhrase(reason)}\n`).join('');
}

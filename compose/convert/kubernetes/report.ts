import type { Remark } from './remark.ts';
import type { Succession } from './succession.ts';
import { formatPhrase } from '../../problem/format-phrase.ts';

/** One line for each: where, and why. Empty when everything went over. */
export function remarksText(remarks: readonly Remark[]): string {
  return remarks.map(({ path, reason }) => `${path}: ${formatPhrase(reason)}\n`).join('');
}

/** One line for each: the object and its field, what a cluster that has the last conversion does, and the way out. */
export function successionText(found: readonly Succession[]): string {
  return found
    .map(
      ({ kind, name, field, outcome, reason }) =>
        `${kind.toLowerCase()}/${name}${field === '' ? '' : ` ${field}`}: ${outcome}. ${formatPhrase(reason)}\n`,
    )
    .join('');
}

import { type Phrase, phrase } from '../problem/phrase.ts';
import type { TemplateProblem } from './substitute.ts';

/** A required variable has no value: in the words of the file, where it has some. */
export function missingValue({ name, message }: Extract<TemplateProblem, { kind: 'required' }>): Phrase {
  return message === ''
    ? phrase('required-variable', { name })
    : phrase('required-variable.reason', { name, reason: message });
}

import { actions } from './fr/actions.ts';
import { completion } from './fr/completion.ts';
import { hover } from './fr/hover.ts';
import type { englishWords } from './en.ts';

/** `en.ts` in French. */
export const frenchWords: Readonly<Record<keyof typeof englishWords, string>> = {
  ...actions,
  ...completion,
  ...hover,
};

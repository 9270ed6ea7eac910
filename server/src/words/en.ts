import { actions } from './en/actions.ts';
import { completion } from './en/completion.ts';
import { hover } from './en/hover.ts';

/** What the language server says beyond problems, in English. Names in braces stand for values; in hovers the text is Markdown. */
export const englishWords = { ...actions, ...completion, ...hover } as const;

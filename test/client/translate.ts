import type { Translate } from '../../client/src/shared/translate.ts';

/** English, as VS Code does it without a bundle: what no argument is given for stays. */
export const english: Translate = (message, ...args) =>
  message.replaceAll(/\{(\d)\}/g, (mark, index) => String(args[Number(index)] ?? mark));

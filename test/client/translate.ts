import type { Translate } from '../../client/src/translate.ts';

/** English, as VS Code does it without a bundle. */
export const english: Translate = (message, ...args) =>
  message.replaceAll(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));

import { type Message, say } from '../api/message.ts';

/** Something of an archive that is not in the copy. */
export interface LeftOut {
  /** As the archive names it: it begins with the last part of the path that was asked for. */
  readonly path: string;
  readonly why: WhyLeftOut;
}

/**
 * `special`: a device, a pipe, or what else is no file. `name`: no name for a file here. `same-name`: here it would be the same file as another one.
 * `linked`: a second name of a file that is not in the copy. `link`: this system makes no links.
 */
export type WhyLeftOut = 'special' | 'name' | 'same-name' | 'linked' | 'link';

/** How many are named. */
const most = 10;

/** What people read about it; `undefined` when all is there. */
export function leftOutMessages(leftOut: readonly LeftOut[]): readonly Message[] {
  const named = leftOut.slice(0, most).map(({ path, why }) => words[why](JSON.stringify(path)));
  return leftOut.length > most ? [...named, say`More files skipped: ${leftOut.length - most}.`] : named;
}

const words = {
  special: (path) => say`Skipped: ${path} is a device or a pipe.`,
  name: (path) => say`Skipped: ${path} is not a valid file name on this system.`,
  'same-name': (path) => say`Skipped: ${path} has the same name as another file on this system.`,
  linked: (path) => say`Skipped: ${path} is a hard link to a file that was not copied.`,
  link: (path) => say`Skipped: ${path} is a link, which you are not allowed to create on this system.`,
} satisfies Record<WhyLeftOut, (path: string) => Message>;

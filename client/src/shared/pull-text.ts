import { join } from '#engine/api/message.ts';
import { type PullFailure, pullFailureWords } from '#engine/api/pull-failure.ts';
import { messageText, type Translate } from './translate.ts';

/** Why an image could not be had from its registry and what to do, without the registry's own words: the same on every surface. */
export function pullText(failure: PullFailure, image: string, t: Translate): string {
  const { what, advice } = pullFailureWords(failure, image);
  return messageText(join(what, advice), t);
}

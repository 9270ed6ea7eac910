import type { Phrase } from '#compose/problem/phrase.ts';

/** Why a remote file cannot be had: a phrase, or what a program or server said. */
export class RemoteFailure extends Error {
  readonly reason: Phrase | string;

  constructor(reason: Phrase | string) {
    super(typeof reason === 'string' ? reason : reason.key);
    this.name = 'RemoteFailure';
    this.reason = reason;
  }
}

import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';

/** Where files are: a container, and whether commands can be run in it. */
export interface FileHost {
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly isRunning: boolean;
}

/** It is not there any more: `not-found`, with the container as its subject. */
export function containerGone({ id, name }: { readonly id: string; readonly name: string }): EngineError {
  return new EngineError(
    'not-found',
    say`The container ${name} no longer exists. It was removed or replaced by a new one.`,
    { subject: id },
  );
}

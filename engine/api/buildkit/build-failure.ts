import { EngineError } from '../engine-error.ts';
import { translateMessage } from '../translate-error.ts';

/** What a builder says when it fails. A command's own failure is that, whatever its text; only then may it be the registry's. */
export function buildFailure(message: string): EngineError {
  return /did not complete successfully|returned a non-zero code/.test(message)
    ? new EngineError('engine', message)
    : translateMessage(message, { endpoint: '' });
}

import { EngineError } from '../api/engine-error.ts';
import type { FileObject } from '#compose/model/project.ts';
import { say } from '../api/message.ts';
/** Rejects (kind `invalid`) when the variable it takes its value from is not set. */
export function contentOf(
  what: 'secret' | 'config',
  object: FileObject,
  environment: Readonly<Record<string, string>>,
): string {
  if (object.content !== undefined) return object.content;
  const variable = object.environment ?? '';
  const value = environment[variable];
  if (value === undefined) {
    throw new EngineError(
      'invalid',
      say`environment variable "${variable}" required by ${what} "${object.name}" is not set`,
      { subject: variable },
    );
  }
  return value;
}

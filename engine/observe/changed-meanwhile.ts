import { EngineError } from '../api/engine-error.ts';
import { ignoreMissing } from '../api/ignore-missing.ts';
import { label } from '../project/labels.ts';
import type { EnginePort } from '../api/engine-port.ts';

/**
 * Whether an operation on a project failed because the project has changed since it was looked at: an engine may still be busy with what an operation
 * before began that was killed, or someone else works on the same project. Then it helps to look again.
 */
export async function isOvertaken(
  engine: EnginePort,
  project: string,
  error: unknown,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(error instanceof EngineError) || signal.aborted) return false;
  const { message } = error;
  if (/marked for removal|removal of container \S+ is already in progress|No such container/.test(message))
    return true;
  if (/network \S+ not found|No such network/i.test(message)) return true;
  const holder = /already in use by container "?([0-9a-f]{12,64})/.exec(message)?.[1];
  if (holder === undefined) return false;
  const container = await ignoreMissing(engine.inspectContainer(holder, signal));
  return container === undefined || container.labels[label.project] === project;
}

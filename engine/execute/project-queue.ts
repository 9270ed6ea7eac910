import { setMaxListeners } from 'node:events';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type Mutex, mutex } from './mutex.ts';

const queues = new Map<string, Mutex>();

/**
 * Runs an operation on a project once all earlier ones on the same project of the same engine are over: two at once would undo each other.
 * An operation that is cancelled while it waits rejects at once with kind `cancelled` and never runs.
 */
export async function queued<T>(
  engine: string,
  project: string,
  signal: AbortSignal,
  operation: () => Promise<T>,
): Promise<T> {
  // Many calls of one operation listen to its signal at once; that is no leak.
  setMaxListeners(0, signal);
  const key = `${engine}\n${project}`;
  const queue = queues.get(key) ?? mutex();
  queues.set(key, queue);
  const cancelled = () =>
    new EngineError('cancelled', say`Canceled before it started on project "${project}".`);
  let began = false;
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => {
      if (!began) reject(cancelled());
    };
    signal.addEventListener('abort', giveUp, { once: true });
    queue
      .run(async () => {
        if (signal.aborted) throw cancelled();
        began = true;
        return operation();
      })
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/**
 * Waits for so many milliseconds; with 0, until everything that has come in meanwhile was heard. Rejects with the signal's reason when it is aborted.
 * There is nothing of Node in it, as the server runs in browsers too.
 */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}

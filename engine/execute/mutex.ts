/** Runs tasks one after the other, in the order they were given. A task that fails does not hold up the next. */
export interface Mutex {
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function mutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(task) {
      const result = last.then(task, task);
      last = result.catch(() => undefined);
      return result;
    },
  };
}

let listener: ((paths: readonly string[]) => void) | undefined;

/** Files outside the workspace, which nobody watches, are there or are others now. Reaches the language server if it runs. */
export function tellFetched(paths: readonly string[]): void {
  listener?.(paths);
}

/** Instead of the listener before. */
export function listenToFetched(next: (paths: readonly string[]) => void): void {
  listener = next;
}

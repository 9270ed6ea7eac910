/** Has a lifetime. */
interface Disposable {
  dispose(): void;
}

/** What is made when it is first needed, one of each kind, and ends with the extension. */
export class Once implements Disposable {
  readonly #made = new Map<unknown, Disposable>();

  of<Context, T extends Disposable>(kind: new (context: Context) => T, context: Context): T {
    const known = this.#made.get(kind);
    if (known instanceof kind) return known;
    const made = new kind(context);
    this.#made.set(kind, made);
    return made;
  }

  dispose(): void {
    for (const each of this.#made.values()) each.dispose();
    this.#made.clear();
  }
}

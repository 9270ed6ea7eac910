/** A row by its id, in the way the tree hands rows out: one object for each thing. */
interface Row {
  readonly id: string;
}

/** How rows look and what is below them, now. */
export interface Drawing<R extends Row> {
  /** What is seen of a row, as text: as long as it is equal, nothing has to be drawn. `undefined`: there is no such thing any more. */
  readonly look: (row: R) => string | undefined;
  /** `undefined` asks for the top. */
  readonly children: (row: R | undefined) => readonly R[];
  readonly parent: (row: R) => R | undefined;
}

/**
 * Remembers what VS Code was last given, so that a change makes it ask for the rows that look different, and for no others. VS Code asks
 * for all below a row that it is told of, so what is below one is not told again.
 */
export class RowChanges<R extends Row> {
  readonly #drawing: Drawing<R>;
  readonly #drawn = new Map<string, { readonly row: R; look: string | undefined }>();
  readonly #listed = new Map<string, { readonly row: R | undefined; below: string }>();

  constructor(drawing: Drawing<R>) {
    this.#drawing = drawing;
  }

  /** The row was drawn as it is now. */
  drew(row: R): void {
    this.#drawn.set(row.id, { row, look: this.#drawing.look(row) });
  }

  /** Those that were drawn, as far as they were still there at the last look. */
  rows(): readonly R[] {
    return [...this.#drawn.values()].map(({ row }) => row);
  }

  /** These were handed out as what is below the row, or at the top. */
  listed(row: R | undefined, children: readonly R[]): void {
    this.#listed.set(row?.id ?? '', { row, below: namesOf(children) });
  }

  /** The rows to tell VS Code of, among those that `concerned` holds for; `undefined`: everything, since the top is another. */
  changed(concerned: (row: R) => boolean = () => true): readonly R[] | undefined {
    const top = this.#listed.get('');
    if (top !== undefined && top.below !== namesOf(this.#drawing.children(undefined))) return undefined;
    const changed = new Map<string, R>();
    for (const [id, drawn] of this.#drawn) {
      if (!concerned(drawn.row)) continue;
      const look = this.#drawing.look(drawn.row);
      if (look === undefined) {
        this.#drawn.delete(id);
        this.#listed.delete(id);
      } else if (look !== drawn.look) {
        drawn.look = look;
        changed.set(id, drawn.row);
      }
    }
    for (const listed of this.#listed.values()) {
      const { row } = listed;
      if (row === undefined || !concerned(row)) continue;
      const below = namesOf(this.#drawing.children(row));
      if (below === listed.below) continue;
      listed.below = below;
      changed.set(row.id, row);
    }
    return [...changed.values()].filter((row) => !this.#isBelow(row, changed));
  }

  #isBelow(row: R, changed: ReadonlyMap<string, R>): boolean {
    for (let up = this.#drawing.parent(row); up !== undefined; up = this.#drawing.parent(up))
      if (changed.has(up.id)) return true;
    return false;
  }
}

function namesOf(rows: readonly Row[]): string {
  return rows.map(({ id }) => id).join('\n');
}

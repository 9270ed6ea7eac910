import type { LineSelection } from './line-filter.ts';

/** The lines a person has chosen: a click chooses one; with Shift all from the one before to here; with Ctrl, or Cmd, one more or one less. */
export class RowSelection {
  readonly #lines: () => LineSelection;
  readonly #changed: () => void;
  #chosen = new Set<number>();
  #from: number | undefined;

  /** `lines`: those that are shown. */
  constructor(lines: () => LineSelection, changed: () => void) {
    this.#lines = lines;
    this.#changed = changed;
  }

  get size(): number {
    return this.#chosen.size;
  }

  has(line: number): boolean {
    return this.#chosen.has(line);
  }

  choose(line: number, how: 'alone' | 'range' | 'toggle'): void {
    if (how === 'toggle') {
      if (!this.#chosen.delete(line)) this.#chosen.add(line);
      this.#from = line;
    } else if (how === 'range' && this.#from !== undefined) {
      const lines = this.#lines();
      const [first = 0, last = 0] = [lines.indexOf(this.#from), lines.indexOf(line)].sort((a, b) => a - b);
      this.#chosen = new Set(lines.between(first, last + 1));
    } else {
      this.#chosen = new Set([line]);
      this.#from = line;
    }
    this.#changed();
  }

  /** Every line that is shown. */
  chooseAll(): void {
    const lines = this.#lines();
    this.#chosen = new Set(lines.between(0, lines.length));
    this.#changed();
  }

  clear(): void {
    this.#chosen = new Set();
    this.#from = undefined;
    this.#changed();
  }

  /** Those of the chosen that are shown, in their order. */
  *shown(): Generator<number> {
    const lines = this.#lines();
    for (const line of [...this.#chosen].sort((a, b) => a - b))
      if (lines.at(lines.indexOf(line)) === line) yield line;
  }
}

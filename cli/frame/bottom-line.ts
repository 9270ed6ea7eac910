import { stripVTControlCharacters } from 'node:util';
import type { Output } from './io.ts';

/**
 * A line that stays at the bottom of the terminal while others write above it: outputs that go through `above` take it away before what they write, and
 * put it back behind it. It's not there while a line is only half written.
 */
export class BottomLine {
  readonly #terminal: Output;
  /** What is to stand there now, the last line last; `undefined`: nothing. */
  readonly #text: () => readonly string[] | undefined;
  #atStart = true;
  #drawn = false;

  constructor(terminal: Output, text: () => readonly string[] | undefined) {
    this.#terminal = terminal;
    this.#text = text;
  }

  /** The same output, above the line; as it is where it isn't that terminal. */
  above(output: Output): Output {
    if (!output.isTerminal) return output;
    return {
      isTerminal: true,
      size: () => output.size(),
      drained: () => output.drained(),
      onResize: (listener) => output.onResize(listener),
      write: (text) => {
        this.clear();
        output.write(text);
        this.#atStart = typeof text === 'string' ? /(?:^|\n)$/.test(text) : text.at(-1) === newline;
        this.show();
      },
    };
  }

  show(): void {
    const size = this.#terminal.size();
    const lines = this.#text();
    if (size === undefined || lines === undefined || !this.#atStart) return;
    const heights = lines.map((line) => heightOf(line, size.columns));
    const needed = 1 + heights.reduce((sum, height) => sum + height, 0);
    let row = size.rows - needed + 2;
    // What is above moves up to make room, with an empty line in between.
    let picture = `\x1b[J${'\n'.repeat(needed)}\x1b[${needed}A\x1b7`;
    lines.forEach((line, at) => {
      picture += `\x1b[${row};1H\x1b[2K${line}`;
      row += heights[at] ?? 1;
    });
    this.#terminal.write(`${picture}\x1b8`);
    this.#drawn = true;
  }

  clear(): void {
    if (this.#drawn) this.#terminal.write('\r\x1b[J');
    this.#drawn = false;
  }
}

const newline = 0x0a;

/** In rows. */
function heightOf(line: string, columns: number): number {
  return Math.floor(stripVTControlCharacters(line).length / Math.max(1, columns)) + 1;
}

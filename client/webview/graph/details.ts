import type { Box } from './layout.ts';

/** So many are drawn in one turn. */
const turn = 40;

interface Detail {
  readonly box: Box;
  readonly draw: () => void;
}

/** What of a picture need not be there before it is seen: texts take most of the time that a large one takes to be drawn. Each is drawn once. */
export class Details {
  #left: Detail[] = [];

  add(box: Box, draw: () => void): void {
    this.#left.push({ box, draw });
  }

  /** Draws what is in that part of the picture. */
  within(part: Box): void {
    this.#draw(({ box }) => meet(box, part));
  }

  /** Draws some more; whether there is any left. */
  more(): boolean {
    for (const { draw } of this.#left.splice(0, turn)) draw();
    return this.#left.length > 0;
  }

  all(): void {
    this.#draw(() => true);
  }

  #draw(isWanted: (each: Detail) => boolean): void {
    const left: Detail[] = [];
    for (const each of this.#left)
      if (isWanted(each)) each.draw();
      else left.push(each);
    this.#left = left;
  }
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

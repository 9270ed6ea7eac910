import { Level } from './level.ts';
import type { LineSelection } from './line-filter.ts';
import type { LineStore } from './line-store.ts';

/**
 * The next displayed line of an error behind a line, or before it; at the end it goes on from the other end. Of lines of one error in a row (a stack
 * trace) the first. `undefined`: there is none.
 */
export function nextError(
  store: LineStore,
  lines: LineSelection,
  from: number | undefined,
  by: 1 | -1,
): number | undefined {
  const count = lines.length;
  const start = from === undefined ? (by > 0 ? -1 : count) : placeOf(lines, from, by);
  for (let step = 1; step <= count; step++) {
    const place = (start + by * step + 2 * count) % count;
    if (begins(store, lines, place)) return lines.at(place);
  }
  return undefined;
}

function placeOf(lines: LineSelection, from: number, by: 1 | -1): number {
  const place = lines.indexOf(from);
  // A line that is not displayed stands before the one that is at its place.
  return lines.at(place) === from || by < 0 ? place : place - 1;
}

function begins(store: LineStore, lines: LineSelection, place: number): boolean {
  const line = lines.at(place);
  if (line === undefined || store.level(line) !== Level.error) return false;
  const before = lines.at(place - 1);
  const goesOn = /^\s/.test(store.text(line));
  return !(goesOn && before !== undefined && store.level(before) === Level.error);
}

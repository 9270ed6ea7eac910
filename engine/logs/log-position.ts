import { compareStamps, stampToEngineTime } from '../api/engine-time.ts';
import type { LogLine } from './log-source.ts';

/**
 * How far a container's log has been read: the latest time seen, and how many lines bear it, for an engine's `since` includes its own moment. The lines of
 * the two outputs may stand in the log a little out of order, so the last line read is not always the latest.
 */
export class LogPosition {
  #stamp: string | undefined;
  #count = 0;
  /** Where reading went on, until a line comes that is later. */
  #from: string | undefined;
  #skip = 0;

  note({ time }: Pick<LogLine, 'time'>): void {
    if (time === undefined) return;
    const order = this.#stamp === undefined ? 1 : compareStamps(time, this.#stamp);
    if (order < 0) return;
    this.#count = order === 0 ? this.#count + 1 : 1;
    this.#stamp = time;
  }

  /** From where to read on; the lines that come again are then refused by `isNew`. */
  resume(): string | undefined {
    this.#from = this.#stamp;
    this.#skip = this.#count;
    return this.#stamp === undefined ? undefined : stampToEngineTime(this.#stamp);
  }

  isNew(line: Pick<LogLine, 'time'>): boolean {
    if (this.#from !== undefined && line.time !== undefined) {
      const order = compareStamps(line.time, this.#from);
      if (order < 0) return false;
      if (order === 0 && this.#skip > 0) {
        this.#skip--;
        return false;
      }
      if (order > 0) this.#from = undefined;
    }
    this.note(line);
    return true;
  }
}

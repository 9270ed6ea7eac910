import { Level } from './level.ts';

/** Times in Unix ms, from one up to before another. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Lines of a while: how many are errors, warnings and others, and how many are of the services of each colour. */
export interface TimeBar extends TimeRange {
  readonly levels: readonly [errors: number, warnings: number, others: number];
  readonly colors: readonly number[];
}

interface Bucket {
  readonly levels: [number, number, number];
  readonly colors: number[];
}

/** The shortest while, in ms. */
const finest = 250;
/** More whiles than these are put together by two. */
const mostBuckets = 512;

/** Counts lines over time, in any order. What it holds is bounded, however long the log: a while doubles as the time that is covered grows. */
export class TimeCounts {
  #width = finest;
  #buckets = new Map<number, Bucket>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** A line without a time, `NaN`, is not counted. */
  add(time: number, level: Level, color: number): void {
    if (Number.isNaN(time)) return;
    const at = Math.floor(time / this.#width);
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
    const bucket = this.#bucket(at);
    bucket.levels[level === Level.error ? 0 : level === Level.warning ? 1 : 2]++;
    bucket.colors[color] = (bucket.colors[color] ?? 0) + 1;
    while (this.#last - this.#first >= mostBuckets) this.#double();
  }

  /** Drops what lies wholly before a time. */
  forget(before: number): void {
    const first = Math.floor(before / this.#width);
    if (!(first > this.#first)) return;
    for (const at of this.#buckets.keys()) if (at < first) this.#buckets.delete(at);
    this.#first = Math.min(first, this.#last);
  }

  /** At most so many whiles of the same length without a gap, the oldest first. */
  bars(most: number): readonly TimeBar[] {
    if (this.#buckets.size === 0) return [];
    const each = Math.max(1, Math.ceil((this.#last - this.#first + 1) / Math.max(1, most)));
    const bars: TimeBar[] = [];
    for (let at = this.#first; at <= this.#last; at += each) {
      const sum = emptyBucket();
      for (let part = at; part < at + each; part++) addTo(sum, this.#buckets.get(part));
      bars.push({ from: at * this.#width, to: (at + each) * this.#width, ...sum });
    }
    return bars;
  }

  #bucket(at: number): Bucket {
    const known = this.#buckets.get(at);
    if (known !== undefined) return known;
    const made = emptyBucket();
    this.#buckets.set(at, made);
    return made;
  }

  #double(): void {
    const before = this.#buckets;
    this.#width *= 2;
    this.#buckets = new Map();
    this.#first = Math.floor(this.#first / 2);
    this.#last = Math.floor(this.#last / 2);
    for (const [at, bucket] of before) addTo(this.#bucket(Math.floor(at / 2)), bucket);
  }
}

function emptyBucket(): Bucket {
  return { levels: [0, 0, 0], colors: [] };
}

function addTo(sum: Bucket, { levels, colors }: Bucket = emptyBucket()): void {
  for (const at of [0, 1, 2] as const) sum.levels[at] += levels[at];
  for (const [color, count = 0] of colors.entries()) sum.colors[color] = (sum.colors[color] ?? 0) + count;
}

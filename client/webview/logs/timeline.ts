import { element, svgElement } from '../shared/dom.ts';
import type { LineStore } from './line-store.ts';
import { formatTime } from './line-time.ts';
import { numberText } from './number-text.ts';
import type { LogTexts } from './protocol.ts';
import { type TimeBar, TimeCounts, type TimeRange } from './time-counts.ts';
import { button, fill, toggle } from './toolbar.ts';

/** How many lines are counted before others get their turn. */
const sliceSize = 20_000;
/** Of a bar, in pixels. */
const barWidth = 6;
const height = 100;

/**
 * Lines over time, by level or by service. Bars that are chosen, with the pointer or the arrow keys, are the time of which lines are shown.
 * While it is closed nothing is counted.
 */
export class Timeline {
  readonly element: HTMLElement;
  readonly #texts: LogTexts;
  readonly #colorOf: (source: number) => number;
  readonly #changed: () => void;
  readonly #picture = svgElement('svg', {
    class: 'bars-picture',
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  readonly #slider: HTMLElement;
  readonly #said = element('span', { class: 'said' });
  readonly #all: HTMLButtonElement;
  #store: LineStore | undefined;
  #predicate: ((line: number) => boolean) | undefined;
  #counts = new TimeCounts();
  #next = 0;
  #bars: readonly TimeBar[] = [];
  #byService = false;
  #range: TimeRange | undefined;
  /** The bar at which choosing began, by its time, and the one to which it has come. */
  #from = 0;
  #to = 0;
  #frame = 0;

  constructor(texts: LogTexts, colorOf: (source: number) => number, changed: () => void) {
    this.#texts = texts;
    this.#colorOf = colorOf;
    this.#changed = changed;
    this.#slider = element(
      'div',
      { class: 'bars', role: 'slider', tabindex: '0', 'aria-label': texts.timeline },
      this.#picture,
    );
    const byService = toggle({ text: texts.byService }, texts.byService, (on) => {
      this.#byService = on;
      byService.set(on);
      this.#draw();
    });
    this.#all = button('close', texts.allTimes, () => this.#choose(undefined));
    this.element = element(
      'div',
      { class: 'timeline', hidden: '' },
      this.#slider,
      this.#said,
      this.#all,
      byService.button,
    );
    this.#listen();
    new ResizeObserver(() => this.#draw()).observe(this.#slider);
    this.#all.hidden = true;
  }

  /** The time of which lines are shown; `undefined`: all of it. */
  get range(): TimeRange | undefined {
    return this.#range;
  }

  get isBehind(): boolean {
    return !this.element.hidden && this.#store !== undefined && this.#next < this.#store.end;
  }

  open(on: boolean): void {
    this.element.hidden = !on;
    if (on) return;
    this.#choose(undefined);
  }

  /** Whoever calls this looks at the lines anew. */
  forgetRange(): void {
    this.#setRange(undefined);
  }

  /** Counts anew: these lines, of this store. */
  count(store: LineStore, predicate: ((line: number) => boolean) | undefined): void {
    if (store !== this.#store) this.forgetRange();
    this.#store = store;
    this.#predicate = predicate;
    this.#counts = new TimeCounts();
    this.#next = store.first;
    this.#draw();
  }

  /** Counts the next slice. */
  work(): void {
    const store = this.#store;
    if (store === undefined) return;
    this.#next = Math.max(this.#next, store.first);
    const stop = Math.min(store.end, this.#next + sliceSize);
    for (; this.#next < stop; this.#next++)
      if (this.#predicate?.(this.#next) ?? true)
        this.#counts.add(
          store.time(this.#next),
          store.level(this.#next),
          this.#colorOf(store.source(this.#next)),
        );
    if (store.first > 0) this.#counts.forget(store.time(store.first));
    this.#draw();
  }

  #listen(): void {
    const slider = this.#slider;
    slider.addEventListener('pointerdown', (event) => {
      slider.setPointerCapture(event.pointerId);
      this.#from = this.#at(event.offsetX);
      this.#extend(this.#from);
    });
    slider.addEventListener('pointermove', (event) => {
      if (slider.hasPointerCapture(event.pointerId)) this.#extend(this.#at(event.offsetX));
      else this.#say(this.#at(event.offsetX));
    });
    slider.addEventListener('pointerleave', () => this.#say());
    slider.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#choose(undefined);
      else {
        const last = this.#bars.length - 1;
        const at = this.#range === undefined ? last + 1 : this.#to;
        const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
        if (to === undefined || last < 0) return;
        const next = Math.min(last, Math.max(0, to));
        if (!event.shiftKey || this.#range === undefined) this.#from = next;
        this.#extend(next);
      }
      event.preventDefault();
      event.stopPropagation();
    });
  }

  #at(x: number): number {
    const place = Math.floor((x / this.#slider.clientWidth) * this.#bars.length);
    return Math.min(this.#bars.length - 1, Math.max(0, place));
  }

  /** Chooses from where it began to a bar. */
  #extend(to: number): void {
    this.#to = to;
    const first = this.#bars[Math.min(this.#from, to)];
    const last = this.#bars[Math.max(this.#from, to)];
    if (first !== undefined && last !== undefined) this.#choose({ from: first.from, to: last.to });
  }

  #choose(range: TimeRange | undefined): void {
    if (range?.from === this.#range?.from && range?.to === this.#range?.to) return;
    if (range === undefined && document.activeElement === this.#all) this.#slider.focus();
    this.#setRange(range);
    this.#changed();
  }

  #setRange(range: TimeRange | undefined): void {
    this.#range = range;
    this.#all.hidden = range === undefined;
    this.#draw();
  }

  /** With the next frame, where it is open. */
  #draw(): void {
    if (this.#frame !== 0 || this.element.hidden) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    const before = { from: this.#bars[this.#from]?.from, to: this.#bars[this.#to]?.from };
    this.#bars = this.#counts.bars(Math.floor(this.#slider.clientWidth / barWidth));
    // Bars move as time goes on: the ends that were chosen move with them.
    const placeOf = (time: number | undefined) =>
      Math.max(
        0,
        this.#bars.findIndex(({ to }) => time === undefined || time < to),
      );
    this.#from = placeOf(before.from);
    this.#to = placeOf(before.to);
    const parts = this.#bars.map(({ levels, colors }) => (this.#byService ? colors : levels));
    const most = Math.max(1, ...parts.map(sum));
    const kinds = Math.max(0, ...parts.map(({ length }) => length));
    const chosen = this.#bars.flatMap((bar, at) =>
      this.#range !== undefined && bar.from < this.#range.to && bar.to > this.#range.from ? [at] : [],
    );
    const paths = Array.from({ length: kinds }, (_, kind) =>
      svgElement('path', {
        class: this.#byService ? `of color-${kind}` : (['errors', 'warnings', 'others'][kind] ?? ''),
        d: parts.map((part, at) => column(part, kind, at, most)).join(''),
      }),
    );
    this.#picture.setAttribute('viewBox', `0 0 ${Math.max(1, this.#bars.length)} ${height}`);
    this.#picture.replaceChildren(
      svgElement('rect', { class: 'chosen', x: chosen[0] ?? 0, width: chosen.length, height }),
      ...paths,
    );
    this.#say();
  }

  /** What is chosen, or the bar under the pointer, or all. */
  #say(at?: number): void {
    const bars = at === undefined ? this.#bars : this.#bars.slice(at, at + 1);
    const range = at === undefined ? this.#range : undefined;
    const told =
      range === undefined ? bars : bars.filter(({ from, to }) => from < range.to && to > range.from);
    const first = told[0];
    const last = told.at(-1);
    const text =
      first === undefined || last === undefined
        ? ''
        : fill(
            this.#texts.timeSpan,
            clock(first.from),
            clock(last.to),
            numberText(told.reduce((all, { levels }) => all + sum(levels), 0)),
            numberText(told.reduce((all, { levels }) => all + levels[0], 0)),
          );
    if (this.#said.textContent !== text) this.#said.textContent = text;
    this.#slider.setAttribute('aria-valuemin', '0');
    this.#slider.setAttribute('aria-valuemax', String(Math.max(0, this.#bars.length - 1)));
    this.#slider.setAttribute('aria-valuenow', String(this.#to));
    this.#slider.setAttribute('aria-valuetext', text);
  }
}

function clock(time: number): string {
  return formatTime(new Date(time)).slice(0, 8);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value = 0) => all + value, 0);
}

/** The part of a bar, above those before it. */
function column(parts: readonly number[], kind: number, at: number, most: number): string {
  const count = parts[kind] ?? 0;
  if (count === 0) return '';
  const below = (sum(parts.slice(0, kind)) / most) * height;
  const tall = Math.max(3, (count / most) * height);
  return `M${at + 0.08} ${height - below}v${-tall}h.84v${tall}z`;
}

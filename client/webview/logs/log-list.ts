import { element } from '../shared/dom.ts';
import type { LineSelection } from './line-filter.ts';
import { listenForScrolls, ScrollIntent } from './scroll-intent.ts';

/** The tallest that a page may be: browsers stop at some 30 million pixels, sooner on screens of high density. */
const mostPixels = 8_000_000;
/** A pixel or two less than the end is the end: positions of scrolling are rounded. */
const nearEnd = 3;

/**
 * Shows the lines that are in view, however many there are and however tall each is. The scrollbar counts lines: what is at the top is a
 * line and a part of it; at the end the last line stands at the bottom. While it follows, it stays there: until a person scrolls, whatever the
 * browser does when the page is hidden, shown or given another size.
 */
export class LogList {
  readonly #scroller: HTMLElement;
  readonly #spacer = element('div', { class: 'spacer' });
  readonly #rows = element('div', { class: 'rows' });
  readonly #lines: LineSelection;
  readonly #draw: (line: number) => HTMLElement;
  readonly #isChosen: (line: number) => boolean;
  readonly #onFollow: (follows: boolean) => void;
  readonly #life = new AbortController();
  readonly #intent = new ScrollIntent(() => performance.now());
  readonly #sizes = new ResizeObserver(() => {
    if (!this.#isAsDrawn()) this.#intent.forget();
    this.refresh();
  });
  #drawn = new Map<number, HTMLElement>();
  /** The place at the top, with the part of it that is above. */
  #position = 0;
  /** The position at which the last line stands at the bottom. */
  #lastPosition = 0;
  #follows = true;
  /** The line a person clicked or searched for: it stays where it is when other lines go. */
  #current: number | undefined;
  #frame = 0;
  /** It was moved, and not drawn since: where the scrollbar stands is of before. */
  #isMoved = false;
  #greatestTop = 0;
  /** Of the scroller, when it was drawn. */
  #size = { width: 0, height: 0 };

  constructor(
    scroller: HTMLElement,
    lines: LineSelection,
    draw: (line: number) => HTMLElement,
    isChosen: (line: number) => boolean,
    onFollow: (follows: boolean) => void,
  ) {
    this.#scroller = scroller;
    this.#lines = lines;
    this.#draw = draw;
    this.#isChosen = isChosen;
    this.#onFollow = onFollow;
    scroller.append(this.#rows, this.#spacer);
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true, signal: this.#life.signal });
    listenForScrolls(scroller, this.#intent, this.#life.signal);
    this.#sizes.observe(scroller);
  }

  /** Leaves the scroller to another list. */
  dispose(): void {
    this.#life.abort();
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#rows.remove();
    this.#spacer.remove();
  }

  get follows(): boolean {
    return this.#follows;
  }

  get current(): number | undefined {
    return this.#current;
  }

  follow(follows: boolean): void {
    this.#isMoved = true;
    if (follows !== this.#follows) {
      this.#follows = follows;
      this.#onFollow(follows);
    }
    this.refresh();
  }

  /** Something was added. Draws with the next frame. */
  refresh(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  /** Lines look different from now on. */
  redraw(): void {
    this.#drawn.clear();
    this.refresh();
  }

  /** So many places went from the front. */
  dropped(places: number): void {
    this.#position = Math.max(0, this.#position - places);
  }

  /** The line at the top, or the current one if it is in view, with its place below the top. */
  anchor(): { readonly line: number; readonly below: number } | undefined {
    const top = Math.floor(this.#position);
    if (this.#current !== undefined) {
      const at = this.#lines.indexOf(this.#current);
      const below = at - this.#position;
      if (this.#lines.at(at) === this.#current && below >= 0 && below < this.#rowsInView)
        return { line: this.#current, below };
    }
    const line = this.#lines.at(top);
    return line === undefined ? undefined : { line, below: top - this.#position };
  }

  /** Brings a line back to where it was. */
  restore({ line, below }: { readonly line: number; readonly below: number }): void {
    this.#position = Math.max(0, this.#lines.indexOf(line) - below);
    this.#isMoved = true;
    this.refresh();
  }

  /** Marks a line, and brings it into view unless it is. */
  reveal(line: number): void {
    this.#current = line;
    this.follow(false);
    const at = this.#lines.indexOf(line);
    const shown = this.#drawn.get(line)?.getBoundingClientRect();
    const view = this.#scroller.getBoundingClientRect();
    if (shown === undefined || shown.top < view.top || shown.bottom > view.bottom)
      this.#position = Math.max(0, at - Math.floor(this.#rowsInView / 3));
    this.redraw();
  }

  /** Marks a line where it is. */
  select(line: number): void {
    this.#drawn.get(this.#current ?? -1)?.classList.remove('current');
    this.#current = line;
    this.#drawn.get(line)?.classList.add('current');
  }

  /** Goes to the line so many places on, and says which it is; `undefined`: none is marked. */
  step(by: number): number | undefined {
    if (this.#current === undefined) return undefined;
    const at = Math.min(Math.max(0, this.#lines.indexOf(this.#current) + by), this.#lines.length - 1);
    const line = this.#lines.at(at);
    if (line !== undefined) this.reveal(line);
    return line;
  }

  get #lineHeight(): number {
    return Number.parseFloat(getComputedStyle(this.#scroller).lineHeight) || 18;
  }

  get #rowsInView(): number {
    return this.#scroller.clientHeight / this.#lineHeight;
  }

  #scrolled(): void {
    if (this.#isMoved) return;
    const { scrollTop } = this.#scroller;
    const atEnd = scrollTop >= this.#greatestTop - nearEnd;
    const wanted = this.#topOf(this.#position);
    // Our own setting of it, rounded.
    if (Math.abs(scrollTop - wanted) <= 1 && atEnd === this.#follows) return;
    if (!this.#isAsDrawn() || !this.#intent.owns()) {
      this.refresh();
      return;
    }
    this.#position = this.#greatestTop === 0 ? 0 : (scrollTop / this.#greatestTop) * this.#lastPosition;
    if (atEnd !== this.#follows) {
      this.#follows = atEnd;
      this.#onFollow(atEnd);
    }
    this.refresh();
  }

  /** Whether the scroller has the size it was drawn with: another one scrolls it. */
  #isAsDrawn(): boolean {
    const { clientWidth, clientHeight } = this.#scroller;
    return clientWidth === this.#size.width && clientHeight === this.#size.height;
  }

  #topOf(position: number): number {
    return this.#lastPosition === 0 ? 0 : (position / this.#lastPosition) * this.#greatestTop;
  }

  #render(): void {
    this.#isMoved = false;
    const height = this.#scroller.clientHeight;
    if (height === 0) return;
    this.#size = { width: this.#scroller.clientWidth, height };
    const count = this.#lines.length;
    const inView = this.#rowsInView;
    if (this.#follows) this.#renderEnd(count, height, inView);
    else {
      this.#lastPosition = Math.max(this.#lastPosition, count - inView, 0);
      if (this.#lastPosition > count) this.#lastPosition = Math.max(0, count - inView);
      this.#position = Math.min(this.#position, this.#lastPosition);
      const first = Math.floor(this.#position);
      const shown = this.#show(first, Math.min(count, first + Math.ceil(inView) + 2));
      const part = this.#position - first;
      this.#rows.style.transform = `translateY(${-part * (shown[0] === undefined ? 0 : heightOf(shown[0]))}px)`;
    }
    const tall = Math.min(mostPixels, this.#lastPosition * this.#lineHeight);
    this.#greatestTop = Math.round(tall);
    this.#spacer.style.height = `${this.#greatestTop + height}px`;
    const top = this.#follows ? this.#greatestTop : this.#topOf(this.#position);
    if (Math.abs(this.#scroller.scrollTop - top) > 1) this.#scroller.scrollTop = top;
  }

  /** The last lines, as many as there is room for, the last at the bottom. */
  #renderEnd(count: number, height: number, inView: number): void {
    const first = Math.max(0, count - Math.ceil(inView) - 1);
    const shown = this.#show(first, count);
    let over = shown.reduce((sum, row) => sum + heightOf(row), 0) - height;
    if (over <= 0) {
      this.#lastPosition = first;
      this.#rows.style.transform = '';
    } else {
      this.#rows.style.transform = `translateY(${-over}px)`;
      let at = first;
      for (const row of shown) {
        if (over < heightOf(row)) {
          this.#lastPosition = at + over / heightOf(row);
          break;
        }
        over -= heightOf(row);
        at++;
      }
    }
    this.#position = this.#lastPosition;
  }

  /** Draws these places; a line that was drawn keeps its element, so that what is selected stays so. */
  #show(from: number, to: number): readonly HTMLElement[] {
    const drawn = new Map<number, HTMLElement>();
    const shown: HTMLElement[] = [];
    for (let at = from; at < to; at++) {
      const line = this.#lines.at(at);
      if (line === undefined) continue;
      const row = this.#drawn.get(line) ?? this.#draw(line);
      row.classList.toggle('current', line === this.#current);
      row.classList.toggle('chosen', this.#isChosen(line));
      drawn.set(line, row);
      shown.push(row);
    }
    this.#drawn = drawn;
    const kept = new Set<Node>(shown);
    for (const child of [...this.#rows.childNodes]) if (!kept.has(child)) child.remove();
    let before: ChildNode | null = this.#rows.firstChild;
    for (const row of shown) {
      if (row === before) before = before.nextSibling;
      else this.#rows.insertBefore(row, before);
    }
    return shown;
  }
}

/** Not rounded, as `offsetHeight` is: over a page of lines that would add up. */
function heightOf(row: HTMLElement): number {
  return row.getBoundingClientRect().height;
}

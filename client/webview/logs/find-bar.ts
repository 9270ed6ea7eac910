import { element } from '../shared/dom.ts';
import { compile, LineSelection, matches } from './line-filter.ts';
import type { LineStore } from './line-store.ts';
import { numberText } from './number-text.ts';
import type { LogTexts } from './protocol.ts';
import { button, fill, PatternBox } from './toolbar.ts';

/** What searching needs of the log. */
export interface Searched {
  readonly store: () => LineStore;
  /** The lines that are shown. */
  readonly isShown: (line: number) => boolean;
  /** Where the search goes on from. */
  readonly from: () => number;
  readonly reveal: (line: number) => void;
  /** The expression changed: what is found is marked. */
  readonly mark: (expression: RegExp | undefined) => void;
  /** There is something to look through, when there is time. */
  readonly wake: () => void;
  readonly closed: () => void;
  /** All that was ever written is to be looked through. */
  readonly everything: () => void;
}

/**
 * Searches the lines that are shown: how many have it, and the next or the one before. Works through a slice at a time, and goes on with what comes
 * when other lines are loaded.
 */
export class FindBar {
  readonly element: HTMLElement;
  found: LineSelection;
  readonly #box: PatternBox;
  readonly #count = element('span', { class: 'count', role: 'status' });
  readonly #searched: Searched;
  readonly #texts: LogTexts;
  readonly #everything: HTMLButtonElement;
  #expression: RegExp | undefined;
  #isOpen = false;

  constructor(searched: Searched, texts: LogTexts) {
    this.#searched = searched;
    this.#texts = texts;
    this.found = new LineSelection(searched.store(), () => false);
    this.#everything = button('start', texts.findAll, searched.everything);
    this.#box = new PatternBox(texts.find, texts, () => this.#changed());
    this.#box.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.step(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape') this.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.element = element(
      'div',
      { class: 'find', hidden: '', role: 'search' },
      this.#box.element,
      this.#count,
      this.#everything,
      button('previous', texts.previous, () => this.step(-1)),
      button('next', texts.next, () => this.step(1)),
      button('close', texts.close, () => this.close()),
    );
  }

  open(): void {
    this.#isOpen = true;
    this.element.hidden = false;
    this.#box.input.focus();
    this.#box.input.select();
    this.#changed();
  }

  close(): void {
    this.#isOpen = false;
    this.element.hidden = true;
    this.#expression = undefined;
    this.found.select(() => false);
    this.#searched.mark(undefined);
    this.#searched.closed();
  }

  /** The lines are loaded anew; `isAll`: from the first on. */
  renew(isAll: boolean): void {
    this.#everything.hidden = isAll;
    this.found = new LineSelection(this.#searched.store(), () => false);
    this.again();
  }

  /** Other lines are shown now. */
  again(): void {
    if (this.#isOpen) this.#changed();
  }

  /** The next line that has it, or the one before; from the end it goes on at the beginning. */
  step(direction: 1 | -1): void {
    const { found } = this;
    if (found.length === 0) return;
    const from = this.#searched.from();
    const at = found.indexOf(from);
    const isThere = found.at(at) === from;
    const next = direction === 1 ? (isThere ? at + 1 : at) : at - 1;
    const line = found.at((next + found.length) % found.length);
    if (line !== undefined) this.#searched.reveal(line);
    this.show();
  }

  /** Says how many there are. */
  show(): void {
    const { length } = this.found;
    if (this.#expression === undefined) this.#count.textContent = '';
    else if (length === 0) this.#count.textContent = this.#texts.noMatches;
    else {
      const from = this.#searched.from();
      const at = this.found.indexOf(from);
      const place = this.found.at(at) === from ? at + 1 : '–';
      this.#count.textContent = fill(this.#texts.matches, place, numberText(length));
    }
  }

  #changed(): void {
    const compiled = compile(this.#box.pattern);
    this.#box.setProblem(
      compiled instanceof Error ? `${this.#texts.badExpression}: ${compiled.message}` : '',
    );
    const expression = compiled instanceof Error ? undefined : compiled;
    this.#expression = expression;
    const { isShown } = this.#searched;
    const store = this.#searched.store();
    this.found.select(
      expression === undefined
        ? () => false
        : (line) => isShown(line) && matches(expression, store.text(line)),
    );
    this.#searched.mark(expression);
    this.#searched.wake();
    this.show();
  }
}

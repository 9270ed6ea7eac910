import { element } from '../shared/dom.ts';
import type { Filters } from './filters.ts';
import type { LogTexts } from './protocol.ts';
import type { ServiceBar } from './service-bar.ts';
import { button, toggle } from './toolbar.ts';

/** Below these widths, in pixels: the count of lines and what has a key give way; only what is used most stands in the toolbar, and the rest opens below it. */
const tight = 1110;
const narrow = 915;

export interface ToolbarParts {
  readonly services: ServiceBar;
  readonly filters: Filters;
  readonly range: HTMLElement;
  readonly count: HTMLElement;
  readonly follow: HTMLElement;
  readonly tools: readonly HTMLElement[];
  readonly choose: () => void;
}

/** One row: whose logs, which services, the filters, and what can be done. Where it is narrow a button opens what has no room. */
export class LogToolbar {
  readonly element: HTMLElement;
  readonly #texts: LogTexts;
  readonly #filters: Filters;
  readonly #title = element('span', { class: 'title-text' });
  readonly #choose: HTMLButtonElement;
  readonly #more: ReturnType<typeof toggle>;

  constructor(texts: LogTexts, parts: ToolbarParts) {
    const { services, filters, range, count, follow, tools, choose } = parts;
    this.#texts = texts;
    this.#filters = filters;
    this.#choose = button('choose', texts.choose, choose);
    this.#choose.classList.add('title');
    this.#choose.append(this.#title);
    this.#more = toggle('more', texts.more, (on) => this.#open(on));
    this.#more.button.classList.add('more');
    this.element = element(
      'div',
      { class: 'bar-top', role: 'toolbar', 'aria-label': texts.log },
      this.#choose,
      services.element,
      filters.wanted,
      element(
        'div',
        { class: 'rest' },
        ...filters.others,
        range,
        count,
        element('div', { class: 'tools' }, ...tools),
      ),
      this.#more.button,
      follow,
    );
    new ResizeObserver(() => {
      const width = this.element.clientWidth;
      this.element.classList.toggle('narrow', width < narrow);
      this.element.classList.toggle('tight', width >= narrow && width < tight);
      services.fit(width);
    }).observe(this.element);
  }

  /** Whose logs are shown. A page that is pinned stays with them. */
  name(title: string, isPinned: boolean): void {
    this.#title.textContent = title;
    this.#choose.disabled = isPinned;
    const label = isPinned ? title : `${title}: ${this.#texts.choose}`;
    this.#choose.title = label;
    this.#choose.setAttribute('aria-label', label);
  }

  /** Shows at the button whether something behind it leaves lines out. */
  mark(): void {
    this.#more.button.classList.toggle('some', this.#filters.othersAreSet);
  }

  #open(on: boolean): void {
    this.#more.set(on);
    this.element.classList.toggle('open', on);
  }
}

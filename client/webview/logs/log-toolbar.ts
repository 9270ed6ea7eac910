import { element } from '../shared/dom.ts';
import type { Filters } from './filters.ts';
import type { LogTexts } from './protocol.ts';
import type { ServiceBar } from './service-bar.ts';
import { button, toggle } from './toolbar.ts';

export interface ToolbarParts {
  readonly services: ServiceBar;
  readonly filters: Filters;
  readonly range: HTMLElement;
  readonly count: HTMLElement;
  readonly follow: HTMLElement;
  readonly tools: readonly HTMLElement[];
  readonly choose: () => void;
}

/**
 * One row: whose logs, which services, the filters, and what can be done. Where there is no room for all of it, a button opens the tools
 * below, and then the filters, too.
 */
export class LogToolbar {
  readonly element: HTMLElement;
  readonly #texts: LogTexts;
  readonly #filters: Filters;
  readonly #services: ServiceBar;
  readonly #title = element('span', { class: 'title-text' });
  readonly #choose: HTMLButtonElement;
  readonly #more: ReturnType<typeof toggle>;
  #isOpen = false;

  constructor(texts: LogTexts, parts: ToolbarParts) {
    const { services, filters, range, count, follow, tools, choose } = parts;
    this.#texts = texts;
    this.#filters = filters;
    this.#services = services;
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
    const sizes = new ResizeObserver(() => this.#fit());
    // Names, counts and choices have another width in each language.
    for (const each of [this.element, this.#title, services.element, range, count]) sizes.observe(each);
    this.element.addEventListener('change', () => this.#fit());
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

  #fit(): void {
    const { element: bar } = this;
    const width = bar.clientWidth;
    this.#services.fit(width);
    // Measured as it is closed: what is open has as many rows as it takes.
    bar.classList.remove('tight', 'narrow', 'open');
    bar.classList.add('measured');
    if (bar.scrollWidth > width) bar.classList.add('tight');
    if (bar.scrollWidth > width) bar.classList.replace('tight', 'narrow');
    bar.classList.remove('measured');
    this.#open(this.#isOpen);
  }

  #open(on: boolean): void {
    this.#isOpen = on;
    this.#more.set(on);
    this.element.classList.toggle('open', on);
  }
}

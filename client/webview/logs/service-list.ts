import { element } from '../shared/dom.ts';
import type { LogTexts } from './protocol.ts';
import { onlyThis, type ServiceChoice } from './service-choice.ts';

/** A button with how many services are shown, and a list of all that can be searched. */
export class ServiceList {
  readonly element: HTMLElement;
  readonly #texts: LogTexts;
  readonly #onChange: (hidden: ReadonlySet<string>) => void;
  readonly #button: HTMLButtonElement;
  readonly #popup: HTMLElement;
  readonly #search: HTMLInputElement;
  readonly #rows = element('div', { class: 'service-rows' });
  #choices: readonly ServiceChoice[] = [];
  #hidden: ReadonlySet<string> = new Set();

  constructor(texts: LogTexts, onChange: (hidden: ReadonlySet<string>) => void) {
    this.#texts = texts;
    this.#onChange = onChange;
    this.#button = element('button', {
      class: 'service-button',
      type: 'button',
      'aria-haspopup': 'dialog',
      'aria-expanded': 'false',
    });
    this.#button.addEventListener('click', () => (this.#popup.hidden ? this.#open() : this.close()));
    this.#search = element('input', {
      type: 'text',
      class: 'search-box',
      placeholder: texts.findService,
      'aria-label': texts.findService,
      spellcheck: 'false',
    });
    this.#search.addEventListener('input', () => this.#draw());
    const all = (text: string, hidden: () => readonly string[]) => {
      const made = element('button', { class: 'word-button', type: 'button' }, text);
      made.addEventListener('click', () => this.#onChange(new Set(hidden())));
      return made;
    };
    this.#popup = element(
      'div',
      { class: 'service-popup', role: 'dialog', 'aria-label': texts.services, hidden: '' },
      element(
        'div',
        { class: 'service-search' },
        this.#search,
        all(texts.showAll, () => []),
        all(texts.showNone, () => this.#choices.map(({ key }) => key)),
      ),
      this.#rows,
    );
    this.#popup.addEventListener('keydown', (event) => this.#key(event));
    this.element = element('div', { class: 'service-list' }, this.#button, this.#popup);
    document.addEventListener('pointerdown', ({ target }) => {
      if (target instanceof Node && !this.element.contains(target)) this.close();
    });
  }

  show(choices: readonly ServiceChoice[], hidden: ReadonlySet<string>, ofServices: boolean): void {
    this.#choices = choices;
    this.#hidden = hidden;
    const shown = choices.filter(({ key }) => !hidden.has(key)).length;
    const name = ofServices ? this.#texts.servicesButton : this.#texts.containersButton;
    const count = shown === choices.length ? String(shown) : `${shown}/${choices.length}`;
    this.#button.replaceChildren(`${name} `, element('span', { class: 'badge' }, count), ' ▾');
    this.#button.classList.toggle('some', shown !== choices.length);
    if (!this.#popup.hidden) this.#draw();
  }

  close(): void {
    if (this.#popup.hidden) return;
    this.#popup.hidden = true;
    this.#button.setAttribute('aria-expanded', 'false');
  }

  #open(): void {
    this.#popup.hidden = false;
    this.#button.setAttribute('aria-expanded', 'true');
    this.#search.value = '';
    this.#draw();
    this.#search.focus();
  }

  /** Those whose name has the text. What has the focus keeps it. */
  #draw(): void {
    const wanted = this.#search.value.trim().toLowerCase();
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : '';
    const found = this.#choices.filter(({ label }) => label.toLowerCase().includes(wanted));
    this.#rows.replaceChildren(...found.map((choice) => this.#row(choice)));
    if (focused !== undefined && focused !== '')
      for (const each of this.#rows.querySelectorAll<HTMLElement>('[data-key]'))
        if (each.dataset.key === focused) each.focus();
    if (found.length === 0) this.#rows.append(element('p', {}, this.#texts.noMatches));
  }

  #row({ key, label, color }: ServiceChoice): HTMLElement {
    const box = element('input', { type: 'checkbox', 'data-key': key });
    box.checked = !this.#hidden.has(key);
    box.addEventListener('change', () => {
      const hidden = new Set(this.#hidden);
      if (!hidden.delete(key)) hidden.add(key);
      this.#onChange(hidden);
    });
    const only = element(
      'button',
      {
        class: 'word-button only',
        type: 'button',
        'data-key': `only ${key}`,
        'aria-label': `${this.#texts.only}: ${label}`,
      },
      this.#texts.only,
    );
    only.addEventListener('click', () => this.#onChange(onlyThis(key, this.#choices, this.#hidden)));
    return element(
      'div',
      { class: 'service-row' },
      element(
        'label',
        { title: label },
        box,
        element('span', { class: `dot color-${color}`, 'aria-hidden': 'true' }),
        element('span', { class: 'service-name' }, label),
      ),
      only,
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      this.close();
      this.#button.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const boxes = [...this.#rows.querySelectorAll<HTMLElement>('input')];
      const at = boxes.indexOf(document.activeElement as HTMLElement);
      const next = event.key === 'ArrowDown' ? at + 1 : at - 1;
      if (next < 0) this.#search.focus();
      else boxes[Math.min(next, boxes.length - 1)]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

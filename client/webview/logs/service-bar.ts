import { element } from '../shared/dom.ts';
import type { LogSource, LogTexts } from './protocol.ts';
import { onlyThis, type ServiceChoice } from './service-choice.ts';
import { ServiceList } from './service-list.ts';
import { containerKey, nameWithProject, serviceKey } from './source-names.ts';

/** More are a list, not chips: the toolbar stays one row. */
const mostChips = 5;
/** Of the toolbar's width, at most, for chips. */
const chipShare = 0.17;

/** A switch for each service: chips where they are few and there is room, else a button that opens a list. With the Alt key: only this one. */
export class ServiceBar {
  readonly element: HTMLElement;
  readonly #onChange: () => void;
  readonly #colorOf: (source: LogSource) => number;
  readonly #list: ServiceList;
  readonly #known = new Map<string, LogSource>();
  #hidden = new Set<string>();
  #room = Number.POSITIVE_INFINITY;
  #drawn = '';

  constructor(texts: LogTexts, colorOf: (source: LogSource) => number, onChange: () => void) {
    this.element = element('div', { class: 'services', role: 'group', 'aria-label': texts.services });
    this.#colorOf = colorOf;
    this.#onChange = onChange;
    this.#list = new ServiceList(texts, (hidden) => this.#hide(hidden));
  }

  /** Services and containers that are left out, by their keys. */
  get hidden(): ReadonlySet<string> {
    return this.#hidden;
  }

  add(sources: readonly LogSource[]): void {
    const before = this.#known.size;
    for (const source of sources) this.#known.set(containerKey(source), source);
    if (this.#known.size !== before) this.#draw();
  }

  reset(): void {
    this.#known.clear();
    this.#hidden = new Set();
    this.#list.close();
    this.#draw();
  }

  /** How wide the toolbar is. */
  fit(width: number): void {
    this.#room = width;
    this.#draw();
  }

  /** `undefined`: there is nothing to choose. */
  #choices(): { readonly ofServices: boolean; readonly choices: readonly ServiceChoice[] } | undefined {
    const sources = [...this.#known.values()];
    const several = new Set(sources.map(({ project }) => project)).size > 1;
    const ofServices = new Set(sources.map(serviceKey)).size > 1;
    const choices = new Map<string, ServiceChoice>();
    for (const source of sources) {
      const key = ofServices ? serviceKey(source) : containerKey(source);
      const name = ofServices ? source.service : source.name;
      const label = nameWithProject(source.project, name, several);
      choices.set(key, { key, label, color: this.#colorOf(source) });
    }
    if (choices.size < 2) return undefined;
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    return { ofServices, choices: [...choices.values()].sort((a, b) => compare(a.label, b.label)) };
  }

  #draw(): void {
    const found = this.#choices();
    const choices = found?.choices ?? [];
    const width = choices.reduce((sum, { label }) => sum + 7 * label.length + 34, 0);
    const asChips = choices.length <= mostChips && width <= chipShare * this.#room;
    const drawn = JSON.stringify([asChips, found, [...this.#hidden]]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    if (asChips || found === undefined) {
      this.#list.close();
      const focused = [...this.element.children].indexOf(document.activeElement ?? this.element);
      this.element.replaceChildren(...choices.map((choice) => this.#chip(choice, choices)));
      const again = this.element.children[focused];
      if (again instanceof HTMLElement) again.focus();
      return;
    }
    this.#list.show(choices, this.#hidden, found.ofServices);
    if (this.#list.element.parentElement !== this.element) this.element.replaceChildren(this.#list.element);
  }

  #chip({ key, label, color }: ServiceChoice, all: readonly ServiceChoice[]): HTMLElement {
    const made = element(
      'button',
      { class: 'service', type: 'button', 'aria-pressed': String(!this.#hidden.has(key)) },
      element('span', { class: `dot color-${color}`, 'aria-hidden': 'true' }),
      label,
    );
    made.addEventListener('click', ({ altKey }) => {
      const hidden = new Set(this.#hidden);
      if (altKey) return this.#hide(onlyThis(key, all, hidden));
      if (!hidden.delete(key)) hidden.add(key);
      this.#hide(hidden);
    });
    return made;
  }

  #hide(hidden: ReadonlySet<string>): void {
    this.#hidden = new Set(hidden);
    this.#draw();
    this.#onChange();
  }
}

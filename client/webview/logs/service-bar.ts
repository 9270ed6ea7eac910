import { element } from '../shared/dom.ts';
import type { LogSource } from './protocol.ts';

/** A switch for each service, or for each container where there is one service only. With the Alt key: only this one. */
export class ServiceBar {
  readonly element: HTMLElement;
  readonly #onChange: () => void;
  readonly #colorOf: (service: string) => number;
  readonly #known = new Map<string, LogSource>();
  #hidden = new Set<string>();

  constructor(label: string, colorOf: (service: string) => number, onChange: () => void) {
    this.element = element('div', { class: 'services', role: 'group', 'aria-label': label });
    this.#colorOf = colorOf;
    this.#onChange = onChange;
  }

  get hidden(): ReadonlySet<string> {
    return this.#hidden;
  }

  add(sources: readonly LogSource[]): void {
    const before = this.#known.size;
    for (const source of sources) this.#known.set(source.name, source);
    if (this.#known.size !== before) this.#draw();
  }

  reset(): void {
    this.#known.clear();
    this.#hidden = new Set();
    this.#draw();
  }

  #draw(): void {
    const sources = [...this.#known.values()];
    const services = new Set(sources.map(({ service }) => service));
    const names = services.size > 1 ? [...services] : sources.map(({ name }) => name);
    const collator = new Intl.Collator(undefined, { numeric: true });
    this.element.replaceChildren(
      ...(names.length < 2 ? [] : names.sort(collator.compare)).map((name) => {
        const service = sources.find((source) => source.name === name)?.service ?? name;
        const made = element(
          'button',
          { class: 'service', type: 'button', 'aria-pressed': String(!this.#hidden.has(name)) },
          element('span', { class: `dot color-${this.#colorOf(service)}`, 'aria-hidden': 'true' }),
          name,
        );
        made.addEventListener('click', (event) => this.#toggle(name, names, event.altKey));
        return made;
      }),
    );
  }

  #toggle(name: string, all: readonly string[], alone: boolean): void {
    const others = all.filter((each) => each !== name);
    const isAlone = !this.#hidden.has(name) && others.every((each) => this.#hidden.has(each));
    if (alone) this.#hidden = new Set(isAlone ? [] : others);
    else if (!this.#hidden.delete(name)) this.#hidden.add(name);
    const focused = [...this.element.children].indexOf(document.activeElement ?? this.element);
    this.#draw();
    const button = this.element.children[focused];
    if (button instanceof HTMLElement) button.focus();
    this.#onChange();
  }
}

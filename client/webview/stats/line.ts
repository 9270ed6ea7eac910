import { element, icon } from '../shared/dom.ts';
import type { Format } from './format.ts';
import type { FromStats, StatsTexts } from './protocol.ts';
import type { Curves, StatsRow } from './rows.ts';
import { Spark } from './spark.ts';

export type Action = Extract<FromStats, { type: 'open' }>['what'];

const pictures = {
  logs: 'M2.5 3h11v10h-11zM5 6h6M5 8.5h6M5 11h3.5',
  shell: 'M2 3h12v10H2zM4.5 6l2 2-2 2M8 10.5h3.5',
  stop: 'M4 4h8v8H4z',
};

/** The same letters as in the tree. */
const keys: Readonly<Record<string, Action>> = { u: 'up', s: 'stop', r: 'restart', l: 'logs', e: 'shell' };

/** One line of the table. It is made once and then kept up to date, so that nothing under the pointer or the focus is replaced. */
export class Line {
  readonly element: HTMLTableRowElement;
  #row: StatsRow;
  readonly #dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #name = element('span', { class: 'name' });
  readonly #note = element('span', { class: 'dim' });
  readonly #numbers = { cpu: figure(), memory: figure(), received: figure(), sent: figure() };
  readonly #sparks = { cpu: new Spark(10), memory: new Spark(1_000_000), network: new Spark(10_000) };
  readonly #disk = { read: figure(), written: figure() };
  readonly #processes = element('td', { class: 'number' });
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #texts: StatsTexts;

  constructor(row: StatsRow, texts: StatsTexts, act: (what: Action, row: StatsRow) => void) {
    this.#row = row;
    this.#texts = texts;
    this.#buttons = (['logs', 'shell', 'stop'] as const).map((what) => {
      const label = `${texts[what]}: ${row.name}`;
      const made = element(
        'button',
        { type: 'button', class: 'tool', title: texts[what], 'aria-label': label, tabindex: '-1' },
        icon(pictures[what]),
      );
      made.addEventListener('click', () => act(what, this.#row));
      return made;
    });
    const { cpu, memory, received, sent } = this.#numbers;
    const { read, written } = this.#disk;
    const network = cell(pair('↓', received, '↑', sent), this.#sparks.network.element);
    const disk = cell(pair(texts.read, read, texts.written, written));
    network.title = texts.networkHint;
    disk.title = texts.diskHint;
    this.element = element(
      'tr',
      { tabindex: '-1', 'data-name': row.name },
      element('th', { scope: 'row' }, element('div', {}, this.#dot, this.#name, this.#note)),
      labelled(cell(cpu, this.#sparks.cpu.element), texts.cpu),
      labelled(cell(memory, this.#sparks.memory.element), texts.memory),
      labelled(network, texts.network),
      labelled(disk, texts.disk),
      labelled(this.#processes, texts.processes),
      element('td', { class: 'last' }, element('div', { class: 'actions' }, ...this.#buttons)),
    );
    this.element.addEventListener('keydown', (event) => {
      const what = keys[event.key.toLowerCase()];
      if (what === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act(what, this.#row);
    });
  }

  get key(): string {
    return this.#row.key;
  }

  update(row: StatsRow, curves: Curves, format: Format, showProject: boolean): void {
    this.#row = row;
    set(this.#name, row.name);
    const note = [
      row.ids.length > 1 ? this.#texts.containers.replace('{0}', String(row.ids.length)) : row.stateText,
      showProject ? row.project : '',
    ];
    set(this.#note, note.filter((part) => part !== '').join(' · '));
    this.#dot.className = `dot tone-${row.tone}`;
    set(this.#numbers.cpu, format.percent(row.cpuPercent));
    set(this.#numbers.memory, format.size(row.memory));
    const limit = row.memoryLimit > 0 ? ` / ${format.size(row.memoryLimit)}` : '';
    this.#numbers.memory.title = format.size(row.memory) + limit;
    set(this.#numbers.received, format.rate(row.received));
    set(this.#numbers.sent, format.rate(row.sent));
    set(this.#disk.read, format.rate(row.read));
    set(this.#disk.written, format.rate(row.written));
    set(this.#processes, String(row.processes));
    this.#sparks.cpu.draw(curves.cpu);
    this.#sparks.memory.draw(curves.memory);
    this.#sparks.network.draw(curves.network);
  }

  /** Whether Tab comes to this line, and to the buttons in it. */
  reachable(isReachable: boolean): void {
    for (const each of [this.element, ...this.#buttons]) each.tabIndex = isReachable ? 0 : -1;
  }
}

function figure(): HTMLSpanElement {
  return element('span', { class: 'number' });
}

function cell(...children: readonly Node[]): HTMLTableCellElement {
  return element('td', {}, element('div', {}, ...children));
}

/** With the name of its column, which stands at the number where there is no room for columns. */
export function labelled(made: HTMLTableCellElement, column: string): HTMLTableCellElement {
  made.dataset.column = column;
  return made;
}

/** Two numbers beside each other, each after its mark. */
export function pair(firstMark: string, first: Node, secondMark: string, second: Node): HTMLElement {
  const marked = (mark: string, value: Node) =>
    element('span', {}, element('span', { class: 'dim' }, `${mark} `), value);
  return element('span', { class: 'pair' }, marked(firstMark, first), marked(secondMark, second));
}

function set(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

import { element } from '../shared/dom.ts';
import type { Format } from './format.ts';
import { type Action, labelled, Line, pair } from './line.ts';
import type { StatsSample, StatsTexts } from './protocol.ts';
import { filterRows } from './row-filter.ts';
import { History, type SortColumn, type Sorting, sortRows, type StatsRow, sumOf, toRows } from './rows.ts';

const columns: readonly SortColumn[] = ['name', 'cpu', 'memory', 'network', 'disk', 'processes'];

/** The table of what containers use. Its order rests while the pointer or the focus is in it. */
export class StatsTable {
  readonly element: HTMLTableElement;
  readonly #texts: StatsTexts;
  readonly #format: Format;
  readonly #act: (what: Action, row: StatsRow) => void;
  readonly #onSort: (sorting: Sorting) => void;
  readonly #heads = new Map<SortColumn, HTMLTableCellElement>();
  readonly #body = element('tbody');
  readonly #total = element('tr');
  readonly #lines = new Map<string, Line>();
  readonly #history = new History();
  #order: readonly Line[] = [];
  #sorting: Sorting;
  #byService = false;
  #filter = '';
  #samples: readonly StatsSample[] = [];
  #isUnderPointer = false;
  #mustSort = true;

  constructor(
    texts: StatsTexts,
    format: Format,
    sorting: Sorting,
    on: { readonly act: (what: Action, row: StatsRow) => void; readonly sort: (sorting: Sorting) => void },
  ) {
    this.#texts = texts;
    this.#format = format;
    this.#sorting = sorting;
    this.#act = on.act;
    this.#onSort = on.sort;
    const heads = columns.map((column) => this.#head(column));
    this.element = element(
      'table',
      {},
      element('caption', {}, `${texts.title}. ${texts.keys}`),
      element(
        'thead',
        {},
        element('tr', {}, ...heads, element('th', { scope: 'col', class: 'last' }, hidden(texts.actions))),
      ),
      this.#body,
      element('tfoot', {}, this.#total),
    );
    this.#body.addEventListener('pointerenter', () => (this.#isUnderPointer = true));
    this.#body.addEventListener('pointerleave', () => (this.#isUnderPointer = false));
    this.#body.addEventListener('focusin', ({ target }) => this.#reach(target));
    this.#body.addEventListener('keydown', (event) => this.#move(event));
  }

  /** New samples, or the same ones in the other way of counting. */
  show(samples: readonly StatsSample[], byService: boolean, areNew: boolean): void {
    if (byService !== this.#byService) this.#mustSort = true;
    this.#samples = samples;
    this.#byService = byService;
    if (areNew) this.#history.add(samples);
    this.#draw();
  }

  /** Only lines that it asks for are shown, and summed. Says how many those are. */
  filter(text: string): number {
    this.#filter = text;
    this.#draw();
    return this.#order.length;
  }

  /** Moves the focus to the line that had it last, or to the first. */
  focus(): void {
    this.#order.find(({ element }) => element.tabIndex === 0)?.element.focus();
  }

  #draw(): void {
    const rows = filterRows(toRows(this.#samples, this.#byService), this.#filter);
    const showProject = new Set(rows.map(({ project }) => project)).size > 1;
    const present = new Set(rows.map(({ key }) => key));
    for (const [key, line] of this.#lines)
      if (!present.has(key)) {
        line.element.remove();
        this.#lines.delete(key);
      }
    const isNew = rows.length !== this.#order.length || rows.some(({ key }) => !this.#lines.has(key));
    for (const row of rows) {
      let line = this.#lines.get(row.key);
      if (line === undefined) {
        line = new Line(row, this.#texts, this.#act);
        this.#lines.set(row.key, line);
      }
      line.update(row, this.#history.of(row.ids), this.#format, showProject);
    }
    const rests = this.#isUnderPointer || this.#body.contains(document.activeElement);
    if (isNew || this.#mustSort || !rests) this.#sort(rows);
    this.#mustSort = false;
    this.#drawTotal(rows);
  }

  #sort(rows: readonly StatsRow[]): void {
    const order = sortRows(rows, this.#sorting).flatMap(({ key }) => this.#lines.get(key) ?? []);
    if (order.some((line, at) => this.#body.children[at] !== line.element)) {
      const focused = document.activeElement;
      this.#body.replaceChildren(...order.map((line) => line.element));
      if (focused instanceof HTMLElement && this.#body.contains(focused)) focused.focus();
    }
    this.#order = order;
    if (!order.some((line) => line.element.tabIndex === 0)) order[0]?.reachable(true);
    for (const [column, head] of this.#heads)
      head.setAttribute(
        'aria-sort',
        column !== this.#sorting.column ? 'none' : this.#sorting.descending ? 'descending' : 'ascending',
      );
  }

  #drawTotal(rows: readonly StatsRow[]): void {
    const total = sumOf(rows);
    const { percent, size, rate } = this.#format;
    const text = (value: string) => element('span', {}, value);
    const values = [
      text(percent(total.cpuPercent)),
      text(size(total.memory)),
      pair('↓', text(rate(total.received)), '↑', text(rate(total.sent))),
      pair(this.#texts.read, text(rate(total.read)), this.#texts.written, text(rate(total.written))),
      text(String(total.processes)),
    ];
    const cells = values.map((content, at) =>
      labelled(element('td', {}, content), this.#texts[columns[at + 1] ?? 'name']),
    );
    this.#total.replaceChildren(
      element('th', { scope: 'row' }, this.#texts.total),
      ...cells,
      element('td', { class: 'last' }),
    );
    this.#total.hidden = this.#lines.size < 2;
  }

  #head(column: SortColumn): HTMLTableCellElement {
    const button = element('button', { type: 'button' }, this.#texts[column]);
    button.addEventListener('click', () => {
      const isSame = this.#sorting.column === column;
      // Names begin at the first letter, numbers at the highest.
      this.#sorting = { column, descending: isSame ? !this.#sorting.descending : column !== 'name' };
      this.#onSort(this.#sorting);
      this.#mustSort = true;
      this.#draw();
    });
    const head = element('th', { scope: 'col', class: `column-${column}` }, button);
    this.#heads.set(column, head);
    return head;
  }

  #reach(target: EventTarget | null): void {
    if (target instanceof Node) for (const line of this.#order) line.reachable(line.element.contains(target));
  }

  /** With the keyboard from line to line. */
  #move(event: KeyboardEvent): void {
    const at = this.#order.findIndex((line) => line.element.contains(document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.#order.length - 1 }[event.key];
    const line = to === undefined ? undefined : this.#order[to];
    if (line === undefined) return;
    event.preventDefault();
    line.element.focus();
  }
}

function hidden(text: string): HTMLElement {
  return element('span', { class: 'hidden' }, text);
}

import { element, findElement } from '../shared/dom.ts';
import { connectHost, readTexts } from '../shared/host.ts';
import { Filters } from './filters.ts';
import { FindBar } from './find-bar.ts';
import { LineSelection, toPredicate } from './line-filter.ts';
import { LineStore } from './line-store.ts';
import { linesJson, linesText } from './line-text.ts';
import { agesPeriod, nextTimeStyle, timeText } from './line-time.ts';
import { LogList } from './log-list.ts';
import { LogToolbar } from './log-toolbar.ts';
import { nextError } from './next-error.ts';
import { numberText } from './number-text.ts';
import { type PageOptions, readState } from './page-state.ts';
import type { FromLogs, LogRange, LogSource, LogTexts, SavedForm, ToLogs } from './protocol.ts';
import { drawRow, linkOf } from './row.ts';
import { RowSelection } from './row-selection.ts';
import { ServiceBar } from './service-bar.ts';
import { ServiceColors } from './service-colors.ts';
import { nameWithProject } from './source-names.ts';
import { Timeline } from './timeline.ts';
import { button, choiceBox, fill, toggle } from './toolbar.ts';
import { welcomeOf } from './welcome.ts';

const host = connectHost<FromLogs, ToLogs>();
const texts = readTexts<LogTexts>();
const colors = new ServiceColors();

const state = readState(host.readState());
const { options } = state;
let store = new LineStore();
let severalProjects = false;
let expanded = new Set<number>();
let marked: RegExp | undefined;
let list: LogList;
let lines: LineSelection;
let isWorking = false;
/** All lines are shown, for what stands around the current one; the filters wait. */
let inContext = false;
const chosen = new RowSelection(
  () => lines,
  () => list.refresh(),
);

const nameOf = ({ project, name }: LogSource) => nameWithProject(project, name, severalProjects);
const filters = new Filters(texts, () => filterChanged());
const rangeBox = choiceBox(texts.range, Object.entries(texts.ranges));
rangeBox.addEventListener('change', () => host.send({ type: 'range', range: rangeBox.value as LogRange }));
const services = new ServiceBar(
  texts,
  (source) => colors.of(source),
  () => filterChanged(),
);
const follow = toggle('follow', texts.follow, (on) => list.follow(on));
const wrap = toggle('wrap', texts.wrap, (on) => setOption('wrap', on));
const times = toggle('times', texts.times.none, () => setOption('times', nextTimeStyle(options.times)));
const json = toggle('json', texts.json, (on) => setOption('json', on));
const timeline = new Timeline(
  texts,
  (number) => {
    const source = store.sources[number];
    return source === undefined ? 0 : colors.of(source);
  },
  () => {
    leaveContext();
    selectLines();
  },
);
const overTime = toggle('timeline', texts.timeline, (on) => {
  overTime.set(on);
  timeline.open(on);
  if (!on) return;
  countTimes();
  work();
});
const context = toggle('context', texts.context, showContext);
const count = element('span', { class: 'count', role: 'status' });
const scroller = element('div', {
  class: 'log',
  role: 'log',
  tabindex: '0',
  'aria-label': texts.log,
  'aria-live': 'off',
});
const empty = element('p', { class: 'empty' }, texts.empty);
const welcome = welcomeOf(texts, () => host.send({ type: 'choose' }));
const find = new FindBar(
  {
    store: () => store,
    isShown: (line) => shown()?.(line) ?? true,
    from: () => list.current ?? list.anchor()?.line ?? 0,
    reveal: (line) => list.reveal(line),
    mark: (expression) => {
      marked = expression;
      list.redraw();
    },
    wake: work,
    closed: () => scroller.focus(),
    everything: () => {
      rangeBox.value = 'all';
      host.send({ type: 'range', range: 'all' });
    },
  },
  texts,
);
const findSlot = element('div', { class: 'find-slot' }, find.element);

const openInTab = button('tab', texts.openInTab, () => host.send({ type: 'openInTab' }));
const toolbar = new LogToolbar(texts, {
  services,
  filters,
  range: rangeBox,
  count,
  follow: follow.button,
  tools: [
    wrap.button,
    times.button,
    json.button,
    overTime.button,
    context.button,
    button('error', texts.nextError, () => goToError(1)),
    button('find', texts.find, () => find.open()),
    button('copy', texts.copy, () =>
      host.send({
        type: 'copy',
        text: textOf(chosen.size > 1 ? chosen.shown() : lines.between(0, lines.length)),
      }),
    ),
    button('save', texts.save, () => host.send({ type: 'save' })),
    button('clear', texts.clear, clear),
    openInTab,
  ],
  choose: () => host.send({ type: 'choose' }),
});

findElement('app').append(
  toolbar.element,
  timeline.element,
  findSlot,
  element('div', { class: 'log-area' }, scroller, empty, welcome),
);

start();
host.receive(take);
host.send({ type: 'ready', kept: state.kept });

/** Begins with nothing: other logs are shown from now on. */
function start(): void {
  store = new LineStore();
  lines = new LineSelection(store);
  expanded = new Set();
  list?.dispose();
  list = new LogList(scroller, lines, draw, (line) => chosen.has(line), follow.set);
  chosen.clear();
  find.renew(rangeBox.value === 'all');
  services.reset();
  follow.set(true);
  showOptions();
  filterChanged();
}

function take(message: ToLogs): void {
  switch (message.type) {
    case 'show': {
      welcome.hidden = true;
      colors.reset(message.projects);
      severalProjects = message.projects.length > 1;
      toolbar.name(message.title, message.isPinned);
      openInTab.hidden = message.isPinned;
      state.kept = message.kept;
      host.writeState(state);
      if (message.timestamps && options.times === 'none') options.times = 'clock';
      rangeBox.value = message.range;
      scroller.setAttribute('aria-label', `${texts.log}: ${message.title}`);
      start();
      break;
    }
    case 'lines': {
      const { first } = store;
      store.append(message.batch);
      services.add(message.batch.sources);
      widen();
      list.dropped(lines.forget(first));
      find.found.forget(first);
      work();
      host.send({ type: 'acknowledge', sequence: message.batch.sequence });
      break;
    }
    case 'note':
      findElement('note').textContent = message.text;
      break;
    case 'collect':
      sendAll(message.form);
  }
}

/** Filters and searches what came, in turns with whatever else there is to do. */
function work(): void {
  if (isWorking) return;
  isWorking = true;
  const turn = () => {
    if (lines.isBehind) lines.work();
    if (timeline.isBehind) timeline.work();
    if (find.found.isBehind) find.found.work();
    find.show();
    showCount();
    list.refresh();
    if (lines.isBehind || find.found.isBehind || timeline.isBehind) setTimeout(turn);
    else isWorking = false;
  };
  turn();
}

/** Which lines are shown; `undefined`: all. */
function shown(): ((line: number) => boolean) | undefined {
  if (inContext) return undefined;
  return toPredicate(store, { ...filters.criteria(services.hidden), time: timeline.range });
}

/** Those of the filters, at all times. */
function countTimes(): void {
  timeline.count(store, toPredicate(store, filters.criteria(services.hidden)));
}

function filterChanged(): void {
  leaveContext();
  filters.check();
  toolbar.mark();
  countTimes();
  selectLines();
}

function leaveContext(): void {
  inContext = false;
  context.set(false);
}

function showContext(on: boolean): void {
  const { current } = list;
  const anchor = list.anchor();
  inContext = on;
  context.set(on);
  selectLines();
  if (current === undefined) return;
  list.reveal(current);
  // Where it was seen: there are other lines above it now.
  list.restore(anchor?.line === current ? anchor : { line: current, below: 3 });
}

function selectLines(): void {
  const anchor = list.anchor();
  lines.select(shown());
  // At once, where that takes no time: the eye stays where it was.
  for (let slice = 0; slice < 10 && lines.isBehind; slice++) lines.work();
  find.again();
  if (anchor !== undefined && !list.follows) list.restore(anchor);
  work();
}

function showCount(): void {
  const all = store.end - store.first;
  const shown = lines.length;
  // The reader's language says which numbers are counted in the singular: in French, 0 is.
  const single = new Intl.PluralRules(document.documentElement.lang).select(all) === 'one';
  count.textContent =
    shown === all
      ? fill(single ? texts.line : texts.lines, numberText(all))
      : fill(single ? texts.lineOf : texts.linesOf, numberText(shown), numberText(all));
  empty.hidden = shown > 0 || !welcome.hidden;
  empty.textContent = all > 0 ? texts.nothingShown : texts.empty;
}

/** Names stand in a column as wide as the longest, within reason. */
function widen(): void {
  const longest = store.sources.reduce((width, source) => Math.max(width, nameOf(source).length), 0);
  scroller.style.setProperty('--name-width', `${Math.min(longest, 28)}ch`);
}

function draw(line: number): HTMLElement {
  return drawRow(store, line, {
    times: options.times,
    language: document.documentElement.lang,
    json: options.json,
    expression: marked,
    isExpanded: (each) => expanded.has(each),
    colorOf: (source) => colors.of(source),
    nameOf,
    expandLabel: texts.expand,
  });
}

function setOption<Option extends keyof PageOptions>(option: Option, value: PageOptions[Option]): void {
  options[option] = value;
  host.writeState(state);
  const anchor = list.anchor();
  showOptions();
  list.redraw();
  if (anchor !== undefined && !list.follows) list.restore(anchor);
}

function showOptions(): void {
  wrap.set(options.wrap);
  times.set(options.times !== 'none');
  for (const name of ['title', 'aria-label']) times.button.setAttribute(name, texts.times[options.times]);
  json.set(options.json);
  scroller.classList.toggle('wrapped', options.wrap);
}

/** Only what is read of them: rows stay, and what is marked in them. */
setInterval(() => {
  if (options.times !== 'age') return;
  for (const row of scroller.querySelectorAll<HTMLElement>('.row')) {
    const shown = row.querySelector('.time');
    const text = timeText(
      store.time(Number(row.dataset.line)),
      'age',
      Date.now(),
      document.documentElement.lang,
    );
    if (shown !== null && shown.textContent !== text) shown.textContent = text;
  }
}, agesPeriod);

function clear(): void {
  store.clear();
  chosen.clear();
  timeline.forgetRange();
  countTimes();
  lines.select(shown());
  find.again();
  list.follow(true);
  work();
}

function goToError(by: 1 | -1): void {
  const line = nextError(store, lines, list.current, by);
  if (line === undefined) return;
  list.reveal(line);
  chosen.choose(line, 'alone');
}

function textOf(numbers: Iterable<number>): string {
  return linesText(store, numbers, options.times !== 'none', nameOf);
}

function sendAll(form: SavedForm): void {
  const partSize = 20_000;
  for (let from = 0; ; from += partSize) {
    const last = from + partSize >= lines.length;
    const part = lines.between(from, from + partSize);
    host.send({ type: 'part', text: form === 'jsonl' ? linesJson(store, part) : textOf(part), last });
    if (last) return;
  }
}

scroller.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const row = event.target.closest<HTMLElement>('.row');
  if (row === null) return;
  const line = Number(row.dataset.line);
  const anchor = event.target.closest('a');
  const link = anchor === null ? undefined : linkOf.get(anchor);
  const container = store.sources[store.source(line)]?.container ?? '';
  if (link !== undefined) {
    event.preventDefault();
    if (link.kind === 'url') host.send({ type: 'openUrl', url: link.url, container });
    else host.send({ type: 'openFile', path: link.path, line: link.line, column: link.column, container });
  } else if (event.target.closest('.expand') !== null) {
    if (!expanded.delete(line)) expanded.add(line);
    list.select(line);
    list.redraw();
  } else {
    // What is marked with the mouse is text.
    if (event.shiftKey) document.getSelection()?.removeAllRanges();
    chosen.choose(line, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone');
    list.select(line);
  }
});
scroller.addEventListener('mousedown', (event) => {
  // The browser would mark the text between two clicks.
  if (event.shiftKey) event.preventDefault();
});

document.addEventListener('keydown', (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === 'f') find.open();
  else if (event.key === 'F8') goToError(event.shiftKey ? -1 : 1);
  else if (event.key === 'F3') find.step(event.shiftKey ? -1 : 1);
  else if (command && event.key === 'l') clear();
  else if (event.key === 'Escape' && document.activeElement === scroller) find.close();
  else if (document.activeElement === scroller && /^Arrow(?:Up|Down)$/.test(event.key)) {
    const line = list.step(event.key === 'ArrowUp' ? -1 : 1);
    if (line === undefined) return;
    chosen.choose(line, event.shiftKey ? 'range' : 'alone');
  } else if (event.key === 'Enter' && document.activeElement === scroller && list.current !== undefined)
    showContext(!inContext);
  else if (command && event.key === 'a' && document.activeElement === scroller) chosen.chooseAll();
  else if (command && event.key === 'c' && chosen.size > 0 && document.getSelection()?.isCollapsed !== false)
    host.send({ type: 'copy', text: textOf(chosen.shown()) });
  else if (event.key === 'End' && document.activeElement === scroller) list.follow(true);
  else return;
  event.preventDefault();
  // VS Code would take it for the editor's.
  event.stopPropagation();
});

import { element, findElement } from '../shared/dom.ts';
import { connectHost, readTexts } from '../shared/host.ts';
import { formatFor } from './format.ts';
import type { FromStats, StatsSample, StatsTexts, ToStats } from './protocol.ts';
import type { Sorting } from './rows.ts';
import { StatsTable } from './table.ts';

interface State {
  readonly byService: boolean;
  readonly sorting: Sorting;
}

const host = connectHost<FromStats, ToStats>();
const texts = readTexts<StatsTexts>();
const note = findElement('note');
let state = readState();
let samples: readonly StatsSample[] = [];
/** Nothing is shown because of this; empty: there are samples. */
let why = texts.none;

const project = element('select', { 'aria-label': texts.project, title: texts.project });
const byService = element(
  'button',
  { type: 'button', class: 'tool word', 'aria-pressed': String(state.byService) },
  texts.byService,
);
const search = element('input', {
  type: 'search',
  class: 'search-box',
  placeholder: texts.filter,
  'aria-label': texts.filter,
  title: 'is:unhealthy project:shop',
  spellcheck: 'false',
});
const help = element(
  'button',
  {
    type: 'button',
    class: 'tool',
    title: texts.keysButton,
    'aria-label': texts.keysButton,
    'aria-expanded': 'false',
  },
  '?',
);
const keysText = element('p', { class: 'keys', role: 'status' });
const left = element('span', { class: 'dim' });
const table = new StatsTable(texts, formatFor(document.documentElement.lang), state.sorting, {
  act: (what, { stack, service, container }) =>
    host.send({ type: 'open', what, stack, service, ...(container !== undefined && { container }) }),
  sort: (sorting) => write({ ...state, sorting }),
});
const place = element('div', { class: 'place' }, table.element);
findElement('app').prepend(element('header', {}, project, byService, search, help, left), keysText);
findElement('app').append(place);

project.addEventListener('change', () => host.send({ type: 'project', project: project.value }));
byService.addEventListener('click', () => {
  write({ ...state, byService: !state.byService });
  byService.setAttribute('aria-pressed', String(state.byService));
  table.show(samples, state.byService, false);
  filter();
});
search.addEventListener('input', filter);
search.addEventListener('keydown', ({ key }) => {
  if (key === 'Enter' || key === 'ArrowDown') table.focus();
  if (key !== 'Escape') return;
  if (search.value === '') table.focus();
  search.value = '';
  filter();
});
help.addEventListener('click', showKeys);
document.addEventListener('keydown', (event) => {
  const isTyped = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (isTyped || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') search.focus();
  else if (event.key === '?') showKeys();
  else if (event.key === 'Escape' && keysText.textContent !== '') showKeys();
  else return;
  event.preventDefault();
});
host.receive((message) => {
  samples = message.samples;
  showProjects(message.projects, message.project);
  left.textContent = message.left > 0 ? texts.left.replace('{0}', String(message.left)) : '';
  why = samples.length === 0 ? (message.unknown ?? texts.none) : '';
  table.show(samples, state.byService, true);
  filter();
});
host.send({ type: 'ready' });

function filter(): void {
  const shown = table.filter(search.value);
  note.textContent = why === '' && shown === 0 ? texts.noMatch : why;
  place.hidden = shown === 0;
}

function showKeys(): void {
  const isShown = keysText.textContent === '';
  keysText.textContent = isShown ? texts.keys : '';
  help.setAttribute('aria-expanded', String(isShown));
}

function showProjects(names: readonly string[], chosen: string): void {
  const wanted = ['', ...names];
  if ([...project.options].map(({ value }) => value).join('\n') !== wanted.join('\n'))
    project.replaceChildren(
      ...wanted.map((name) => element('option', { value: name }, name === '' ? texts.allProjects : name)),
    );
  if (project.value !== chosen) project.value = chosen;
}

function write(next: State): void {
  state = next;
  host.writeState(next);
}

function readState(): State {
  const known = host.readState() as Partial<State> | undefined;
  return {
    byService: known?.byService ?? false,
    sorting: known?.sorting ?? { column: 'name', descending: false },
  };
}

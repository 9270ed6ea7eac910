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

const project = element('select', { 'aria-label': texts.project, title: texts.project });
const byService = element(
  'button',
  { type: 'button', class: 'tool word', 'aria-pressed': String(state.byService) },
  texts.byService,
);
const left = element('span', { class: 'dim' });
const table = new StatsTable(texts, formatFor(document.documentElement.lang), state.sorting, {
  act: (what, { stack, service, container }) =>
    host.send({ type: 'open', what, stack, service, ...(container !== undefined && { container }) }),
  sort: (sorting) => write({ ...state, sorting }),
});
const place = element('div', { class: 'place' }, table.element);
findElement('app').prepend(element('header', {}, project, byService, left));
findElement('app').append(place);

project.addEventListener('change', () => host.send({ type: 'project', project: project.value }));
byService.addEventListener('click', () => {
  write({ ...state, byService: !state.byService });
  byService.setAttribute('aria-pressed', String(state.byService));
  table.show(samples, state.byService, false);
});
host.receive((message) => {
  samples = message.samples;
  showProjects(message.projects, message.project);
  left.textContent = message.left > 0 ? texts.left.replace('{0}', String(message.left)) : '';
  note.textContent = samples.length === 0 ? (message.unknown ?? texts.none) : '';
  place.hidden = samples.length === 0;
  table.show(samples, state.byService, true);
});
host.send({ type: 'ready' });

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

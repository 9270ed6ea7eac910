import { element, findElement } from '../shared/dom.ts';
import { connectHost, readTexts } from '../shared/host.ts';
import { Details } from './details.ts';
import { drawGraph } from './draw.ts';
import { toPng, toSvgFile } from './export.ts';
import { groupOf, matching, trace } from './highlight.ts';
import { type Layout, layOut } from './layout.ts';
import { drawList } from './list.ts';
import { toMermaid } from './mermaid.ts';
import { Minimap, worthAMap } from './minimap.ts';
import type { FromGraph, GraphModel, GraphTexts, GroupBy, ServiceAction, ToGraph } from './protocol.ts';
import { Stage } from './stage.ts';

const host = connectHost<FromGraph, ToGraph>();
const texts = readTexts<GraphTexts>();
const place = element('div', { class: 'place', tabindex: '0', role: 'region', 'aria-label': texts.graph });
const heading = element('h1');
const button = (label: string, run: () => void, text = label) => {
  const made = element('button', { type: 'button', title: label, 'aria-label': label }, text);
  made.addEventListener('click', run);
  return made;
};
const asList = element('button', { type: 'button', 'aria-pressed': 'false' }, texts.list);
const search = element('input', { type: 'search', placeholder: texts.search, 'aria-label': texts.search });
const grouping = element(
  'select',
  { 'aria-label': texts.group, title: texts.group },
  ...(['none', 'network', 'profile'] as const).map((value) =>
    element('option', { value }, texts.groups[value]),
  ),
);
const keysText = element('p', { class: 'keys', role: 'status' });
const stage = new Stage(place);
const tools = [
  button(texts.zoomOut, () => stage.zoom(0.8), '−'),
  button(texts.zoomIn, () => stage.zoom(1.25), '+'),
  button(texts.fit, () => stage.fit()),
];
const save = button(texts.export, () => void saveAs());
const help = button(texts.keys, showKeys, '?');

interface State {
  readonly isList: boolean;
  readonly group: GroupBy;
}
let model: GraphModel | undefined;
/** Of the picture that is shown. */
let layout: Layout | undefined;
let details = new Details();
let state = readState();
grouping.value = state.group;

asList.addEventListener('click', () => write({ ...state, isList: !state.isList }));
grouping.addEventListener('change', () => write({ ...state, group: grouping.value as GroupBy }));
search.addEventListener('input', () => mark());
search.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    search.value = '';
    mark();
    place.focus();
  } else if (event.key === 'Enter') goTo(matching(model, search.value)[0]);
});
findElement('app').append(
  element('header', {}, heading, search, grouping, ...tools, asList, save, help),
  keysText,
  place,
);
place.addEventListener('focusin', ({ target }) => {
  const name = nameOf(target);
  const box = name === undefined ? undefined : layout?.services.get(name);
  if (box !== undefined) stage.reveal(box);
  traceFrom(target);
});
place.addEventListener('focusout', () => traceFrom(undefined));
place.addEventListener('pointerover', ({ target }) => traceFrom(target));
place.addEventListener('pointerleave', () => traceFrom(document.activeElement));
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target === search || event.target === grouping)
    return;
  if (event.key === '/') search.focus();
  else if (event.key === '?') showKeys();
  else if (!stage.key(event.key)) return;
  event.preventDefault();
});
host.receive((message) => {
  model = message.model;
  draw();
});
host.send({ type: 'ready' });

/** Everything anew; what had the focus has it again. */
function draw(): void {
  if (model === undefined) return;
  const focused = document.activeElement?.getAttribute('aria-label')?.split(',')[0];
  heading.textContent = model.title;
  asList.setAttribute('aria-pressed', String(state.isList));
  for (const each of [save, grouping, search, ...tools]) each.disabled = state.isList;
  place.classList.toggle('drawn', !state.isList);
  const open = (what: ServiceAction, service: string) => host.send({ type: 'open', what, service });
  stage.leave();
  if (model.services.length === 0) place.replaceChildren(element('p', {}, texts.empty));
  else if (state.isList) place.replaceChildren(drawList(model, texts, open));
  else {
    layout = layOut(model, groupOf(state.group, texts.ungrouped));
    details = new Details();
    const svg = drawGraph(model, layout, texts, open, details);
    const map =
      model.services.length < worthAMap
        ? undefined
        : new Minimap(model, layout, (x, y) => stage.centre(x, y));
    // Before it is in the page: asking for sizes there would lay it out once more.
    stage.show(svg, layout, map);
    if (map === undefined) details.all();
    else details.within(stage.visible);
    place.replaceChildren(svg, ...(map === undefined ? [] : [map.element]));
    drawRest(details);
    mark();
  }
  if (focused === undefined) return;
  for (const each of place.querySelectorAll<SVGElement | HTMLElement>('[role=button], button'))
    if (each.getAttribute('aria-label')?.split(',')[0] === focused) each.focus();
}

/** In turns with whatever else there is to do. */
function drawRest(rest: Details): void {
  setTimeout(() => {
    if (rest === details && rest.more()) drawRest(rest);
  });
}

/** What is not looked for steps back. */
function mark(): void {
  const found = new Set(matching(model, search.value));
  for (const card of place.querySelectorAll<SVGElement>('.service'))
    card.classList.toggle('aside', search.value.trim() !== '' && !found.has(card.dataset.service ?? ''));
}

function goTo(name: string | undefined): void {
  if (name === undefined) return;
  for (const card of place.querySelectorAll<SVGElement>('.service'))
    if (card.dataset.service === name) card.querySelector<SVGElement>('.body')?.focus();
}

function traceFrom(target: EventTarget | null | undefined): void {
  const svg = place.querySelector<SVGSVGElement>('svg.graph');
  if (svg !== null && model !== undefined) trace(svg, model, nameOf(target));
}

function nameOf(target: EventTarget | null | undefined): string | undefined {
  return target instanceof Element ? target.closest<SVGElement>('.service')?.dataset.service : undefined;
}

function showKeys(): void {
  keysText.textContent = keysText.textContent === '' ? texts.keysText : '';
}

async function saveAs(): Promise<void> {
  const svg = place.querySelector<SVGSVGElement>('svg.graph');
  if (svg === null || model === undefined || layout === undefined) return;
  traceFrom(undefined);
  details.all();
  const file = toSvgFile(svg, layout);
  host.send({ type: 'export', svg: file, png: await toPng(file, layout), mermaid: toMermaid(model) });
}

function write(next: State): void {
  state = next;
  host.writeState(next);
  draw();
}

function readState(): State {
  const known = host.readState() as Partial<State> | string | undefined;
  const kept = typeof known === 'object' ? known : {};
  return { isList: kept.isList === true || known === 'list', group: kept.group ?? 'none' };
}

import { element, findElement } from '../shared/dom.ts';
import { connectHost, readTexts } from '../shared/host.ts';
import { drawGraph } from './draw.ts';
import { toSvgFile } from './export.ts';
import { layOut } from './layout.ts';
import { drawList } from './list.ts';
import type { FromGraph, GraphModel, GraphTexts, ToGraph } from './protocol.ts';

const host = connectHost<FromGraph, ToGraph>();
const texts = readTexts<GraphTexts>();
const place = element('div', { class: 'place', tabindex: '0', role: 'region', 'aria-label': texts.graph });
const heading = element('h1');
const asList = element('button', { type: 'button', 'aria-pressed': 'false' }, texts.list);
const save = element('button', { type: 'button' }, texts.export);
const smallestScale = 0.85;
let model: GraphModel | undefined;
let isList = host.readState() === 'list';

asList.addEventListener('click', () => {
  isList = !isList;
  host.writeState(isList ? 'list' : 'graph');
  draw();
});
save.addEventListener('click', () => {
  const svg = place.querySelector('svg');
  if (svg !== null) host.send({ type: 'export', svg: toSvgFile(svg) });
});
findElement('app').append(element('header', {}, heading, asList, save), place);
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
  asList.setAttribute('aria-pressed', String(isList));
  save.disabled = isList;
  const open = (what: 'file' | 'logs' | 'shell', service: string) =>
    host.send({ type: 'open', what, service });
  if (model.services.length === 0) place.replaceChildren(element('p', {}, texts.empty));
  else
    place.replaceChildren(
      isList ? drawList(model, texts, open) : drawGraph(model, layOut(model), texts, open),
    );
  const svg = place.querySelector('svg');
  // To fit, but no smaller than can be read.
  if (svg !== null) svg.style.minWidth = `${layOut(model).width * smallestScale}px`;
  if (focused === undefined) return;
  for (const each of place.querySelectorAll<SVGElement | HTMLElement>('[role=button], button'))
    if (each.getAttribute('aria-label')?.split(',')[0] === focused) each.focus();
}

import { svgElement } from '../shared/dom.ts';
import type { Details } from './details.ts';
import { type Box, card, type Layout } from './layout.ts';
import type { GraphModel, GraphService, GraphTexts, ServiceAction } from './protocol.ts';

/** The same letters as in the tree. */
const keys: Readonly<Record<string, ServiceAction>> = {
  u: 'up',
  s: 'stop',
  r: 'restart',
  l: 'logs',
  e: 'shell',
};

/** The picture of a stack. A card each for services, lines to what they need, volumes at the right. Texts of cards and lines are left to `details`. */
export function drawGraph(
  model: GraphModel,
  layout: Layout,
  texts: GraphTexts,
  open: (what: ServiceAction, service: string) => void,
  details: Details,
): SVGSVGElement {
  const { width, height } = layout;
  const svg = svgElement('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'group',
    'aria-label': `${texts.graph}: ${model.title}`,
    class: 'graph',
  });
  svg.append(
    svgElement(
      'defs',
      {},
      svgElement(
        'marker',
        {
          id: 'arrow',
          viewBox: '0 0 8 8',
          refX: 7,
          refY: 4,
          markerWidth: 7,
          markerHeight: 7,
          orient: 'auto',
        },
        svgElement('path', { d: 'M0 0 8 4 0 8z', class: 'arrow' }),
      ),
    ),
  );
  for (const [name, box] of layout.groups) svg.append(...drawGroup(name, box));
  for (const service of model.services) svg.append(...drawEdges(service, layout, details));
  for (const [name, box] of layout.volumes) svg.append(drawVolume(name, box, texts));
  for (const service of model.services) {
    const box = layout.services.get(service.name);
    if (box !== undefined) svg.append(drawCard(service, box, model, texts, open, details));
  }
  return svg;
}

function drawGroup(name: string, { x, y, width, height }: Box): SVGElement[] {
  return [
    svgElement('rect', { x, y, width, height, rx: 8, class: 'group' }),
    svgElement('text', { x: x + 14, y: y + 20, class: 'group-name' }, shortened(name, 60)),
  ];
}

function drawEdges(
  { name, dependencies, volumes }: GraphService,
  layout: Layout,
  details: Details,
): SVGElement[] {
  const from = layout.services.get(name);
  if (from === undefined) return [];
  const edges = dependencies.flatMap(({ on, condition, required }) => {
    const to = layout.services.get(on);
    if (to === undefined) return [];
    const line = svgElement('path', {
      d: curve(from, layout.ways(name, on), to),
      class: `edge${required ? '' : ' optional'}`,
      'marker-end': 'url(#arrow)',
      'data-from': name,
      'data-to': on,
    });
    if (condition === '') return [line];
    const next = layout.ways(name, on)[0] ?? to;
    const [x, y] = [(from.x + from.width + next.x) / 2, (middle(from) + middle(next)) / 2 - 6];
    details.add({ x: x - 60, y: y - 12, width: 120, height: 16 }, () =>
      line.after(svgElement('text', { x, y, class: 'condition', 'text-anchor': 'middle' }, condition)),
    );
    return [line];
  });
  const mounts = volumes.flatMap((volume) => {
    const to = layout.volumes.get(volume);
    return to === undefined
      ? []
      : [
          svgElement('path', {
            d: curve(from, layout.ways(name, volume), to),
            class: 'edge mount',
            'data-from': name,
            'data-to': volume,
          }),
        ];
  });
  return [...edges, ...mounts];
}

function drawVolume(name: string, { x, y, width, height }: Box, texts: GraphTexts): SVGElement {
  const rim = 6;
  return svgElement(
    'g',
    { class: 'volume', role: 'img', 'aria-label': `${texts.volumes}: ${name}` },
    svgElement('path', {
      d: `M${x} ${y + rim}a${width / 2} ${rim} 0 0 1 ${width} 0v${height - 2 * rim}a${width / 2} ${rim} 0 0 1 ${-width} 0z`,
    }),
    svgElement('path', { d: `M${x} ${y + rim}a${width / 2} ${rim} 0 0 0 ${width} 0`, class: 'rim' }),
    svgElement(
      'text',
      { x: x + width / 2, y: y + height / 2 + 9, 'text-anchor': 'middle' },
      shortened(name, 20),
    ),
  );
}

function drawCard(
  service: GraphService,
  box: Box,
  model: GraphModel,
  texts: GraphTexts,
  open: (what: ServiceAction, service: string) => void,
  details: Details,
): SVGElement {
  const { x, y, width, height } = box;
  const { name, state, tone, description, can } = service;
  const group = svgElement('g', { class: `service state-${state} tone-${tone}`, 'data-service': name });
  const look = svgElement(
    'g',
    { 'aria-hidden': 'true' },
    svgElement('rect', { x, y, width, height, rx: 6, class: 'card' }),
    svgElement('rect', { x, y, width: 4, height, rx: 2, class: 'stripe' }),
  );
  const body = svgElement(
    'rect',
    {
      x,
      y,
      width,
      height,
      rx: 6,
      class: 'body',
      role: 'button',
      tabindex: 0,
      'aria-label': [
        `${name}, ${description}.`,
        service.dependencies.length === 0
          ? ''
          : `${texts.dependsOn}: ${service.dependencies.map(({ on }) => on).join(', ')}.`,
        can.file ? texts.file : texts.logs,
      ]
        .filter((part) => part !== '')
        .join(' '),
    },
    svgElement('title', {}, `${name} · ${description}`),
  );
  const activate = () => open(can.file ? 'file' : 'logs', name);
  body.addEventListener('click', activate);
  body.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') activate();
    else {
      const what = keys[event.key];
      if (what === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      open(what, name);
    }
    event.preventDefault();
    event.stopPropagation();
  });
  group.append(look, body);
  details.add(box, () => {
    look.append(...drawTexts(service, box, model));
    if (can.shell)
      group.append(action('>_', texts.shell, x + width - 26, y, () => open('shell', name), name));
    if (can.logs) group.append(action('≡', texts.logs, x + width - 48, y, () => open('logs', name), name));
  });
  return group;
}

function drawTexts(
  { name, glyph, description, ports, networks }: GraphService,
  { x, y, width }: Box,
  model: GraphModel,
): readonly SVGElement[] {
  const drawn: SVGElement[] = [
    svgElement('text', { x: x + 16, y: y + 22, class: 'title' }, `${glyph} ${shortened(name, 19)}`),
    svgElement('text', { x: x + 16, y: y + 40, class: 'description' }, shortened(description, 36)),
  ];
  let line = y + card.head + 12;
  if (ports.length > 0) {
    drawn.push(svgElement('text', { x: x + 16, y: line, class: 'detail' }, shortened(ports.join('  '), 38)));
    line += card.line;
  }
  let at = x + 16;
  for (const network of networks) {
    const text = shortened(network, 14);
    const length = text.length * 6.4 + 22;
    if (at + length > x + width) break;
    drawn.push(
      svgElement('circle', {
        cx: at + 5,
        cy: line - 4,
        r: 4,
        class: `net-${model.networks.indexOf(network) % 6}`,
      }),
      svgElement('text', { x: at + 13, y: line, class: 'detail' }, text),
    );
    at += length;
  }
  return drawn;
}

function action(
  sign: string,
  label: string,
  x: number,
  y: number,
  run: () => void,
  service: string,
): SVGElement {
  const made = svgElement(
    'g',
    { class: 'action', role: 'button', tabindex: 0, 'aria-label': `${label}: ${service}` },
    svgElement('title', {}, label),
    svgElement('rect', { x: x - 2, y: y + 6, width: 24, height: 24, rx: 4 }),
    svgElement('text', { x: x + 10, y: y + 23, 'text-anchor': 'middle' }, sign),
  );
  made.addEventListener('click', run);
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    run();
  });
  return made;
}

/** From the right side of one to the left side of the other, level through the ways between. */
function curve(from: Box, ways: readonly Box[], to: Box): string {
  let path = `M${from.x + from.width} ${middle(from)}`;
  let before = from;
  for (const next of [...ways, to]) {
    const start = before.x + before.width;
    const bend = Math.max(40, Math.abs(next.x - start) / 2);
    path += `C${start + bend} ${middle(before)} ${next.x - bend} ${middle(next)} ${next.x} ${middle(next)}`;
    if (next !== to) path += `H${next.x + next.width}`;
    before = next;
  }
  return path;
}

function middle({ y, height }: Box): number {
  return y + height / 2;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

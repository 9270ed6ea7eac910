import { svgElement } from '../shared/dom.ts';
import type { Layout } from './layout.ts';
import type { GraphModel } from './protocol.ts';
import { isWhole, type Size, type View } from './view.ts';

/** With so many services, the whole is seen small in a corner. */
export const worthAMap = 30;

const most = { width: 190, height: 130 } as const;

/** The whole picture small, with a frame around what is in view; a click or a drag moves that. Gone while all of it is in view. */
export class Minimap {
  readonly element: SVGSVGElement;
  readonly #picture: Size;
  readonly #frame = svgElement('rect', { class: 'view' });

  constructor(model: GraphModel, layout: Layout, move: (x: number, y: number) => void) {
    this.#picture = layout;
    const scale = Math.min(most.width / layout.width, most.height / layout.height);
    const svg = svgElement('svg', {
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      width: layout.width * scale,
      height: layout.height * scale,
      class: 'minimap',
      'aria-hidden': 'true',
    });
    for (const { name, tone } of model.services) {
      const box = layout.services.get(name);
      if (box !== undefined) svg.append(svgElement('rect', { ...box, class: `spot tone-${tone}` }));
    }
    svg.append(this.#frame);
    const moveTo = (event: PointerEvent) => {
      if (event.buttons === 0) return;
      const { left, top } = svg.getBoundingClientRect();
      move((event.clientX - left) / scale, (event.clientY - top) / scale);
      event.preventDefault();
      event.stopPropagation();
    };
    svg.addEventListener('pointerdown', moveTo);
    svg.addEventListener('pointermove', moveTo);
    this.element = svg;
  }

  show(view: View, screen: Size): void {
    const { x, y, scale } = view;
    this.element.classList.toggle('idle', isWhole(view, this.#picture, screen));
    for (const [name, value] of Object.entries({
      x,
      y,
      width: screen.width / scale,
      height: screen.height / scale,
    }))
      this.#frame.setAttribute(name, String(value));
  }
}

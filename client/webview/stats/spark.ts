import { svgElement } from '../shared/dom.ts';
import { history } from './rows.ts';

const size = { width: 56, height: 18 };

/** A curve of the last values, the newest at the right; for the eye alone, the number stands beside it. */
export class Spark {
  readonly element: SVGSVGElement;
  readonly #line: SVGPolylineElement;
  readonly #area: SVGPolygonElement;
  /** What reaches the top at least: small changes draw no mountains. */
  readonly #least: number;

  constructor(least: number) {
    this.#least = least;
    this.#line = svgElement('polyline', { class: 'line' });
    this.#area = svgElement('polygon', { class: 'area' });
    this.element = svgElement(
      'svg',
      {
        class: 'spark',
        viewBox: `0 0 ${size.width} ${size.height}`,
        width: size.width,
        height: size.height,
        'aria-hidden': 'true',
      },
      this.#area,
      this.#line,
    );
  }

  draw(values: readonly number[]): void {
    const line = curve(values, this.#least);
    this.#line.setAttribute('points', line.map(([x, y]) => `${x},${y}`).join(' '));
    const [first] = line;
    const area = first === undefined ? [] : [[first[0], size.height], ...line, [size.width, size.height]];
    this.#area.setAttribute('points', area.map(([x, y]) => `${x},${y}`).join(' '));
  }
}

/** Points in the picture: one a value, the last one at the right edge. */
export function curve(
  values: readonly number[],
  least: number,
): readonly (readonly [x: number, y: number])[] {
  const most = Math.max(least, ...values);
  const step = size.width / (history - 1);
  return values.map((value, at) => [
    round(size.width - (values.length - 1 - at) * step),
    round(size.height - 1 - (value / most) * (size.height - 2)),
  ]);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import type { Box } from './layout.ts';
import type { Minimap } from './minimap.ts';
import { begin, centred, pan, reveal, type Size, type View, whole, zoom } from './view.ts';

/** Pixels of the screen for a press of an arrow key. */
const stride = 80;

/** What of the picture is in view: moved and zoomed by mouse and keys, and kept while the picture is drawn anew. */
export class Stage {
  readonly #place: HTMLElement;
  #svg: SVGSVGElement | undefined;
  #map: Minimap | undefined;
  #picture: Size = { width: 1, height: 1 };
  #view: View | undefined;

  constructor(place: HTMLElement) {
    this.#place = place;
    place.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    place.addEventListener('pointerdown', (event) => this.#drag(event));
    new ResizeObserver(() => this.#apply()).observe(place);
  }

  /** Another picture; of the same size it is seen as the one before was. */
  show(svg: SVGSVGElement, picture: Size, map: Minimap | undefined): void {
    const isOther = picture.width !== this.#picture.width || picture.height !== this.#picture.height;
    if (isOther) this.#view = undefined;
    this.#svg = svg;
    this.#map = map;
    this.#picture = picture;
    this.#apply();
  }

  /** The part of the picture that is seen. */
  get visible(): Box {
    const { x, y, scale } = this.#now;
    const { width, height } = this.#screen;
    return { x, y, width: width / scale, height: height / scale };
  }

  /** A list, or nothing. */
  leave(): void {
    this.#svg = undefined;
    this.#map = undefined;
  }

  zoom(factor: number): void {
    const { width, height } = this.#screen;
    this.#set(zoom(this.#now, factor, { x: width / 2, y: height / 2 }));
  }

  fit(): void {
    this.#set(whole(this.#picture, this.#screen));
  }

  reveal(box: Box): void {
    this.#set(reveal(this.#now, box, this.#screen));
  }

  centre(x: number, y: number): void {
    this.#set(centred(x, y, this.#now.scale, this.#screen));
  }

  /** Whether the key is one of a picture's. */
  key(key: string): boolean {
    if (this.#svg === undefined) return false;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-stride, 0],
      ArrowRight: [stride, 0],
      ArrowUp: [0, -stride],
      ArrowDown: [0, stride],
    };
    const move = moves[key];
    if (move !== undefined) this.#set(pan(this.#now, ...move, this.#picture, this.#screen));
    else if (key === '+' || key === '=') this.zoom(1.25);
    else if (key === '-') this.zoom(0.8);
    else if (key === '0') this.fit();
    else return false;
    return true;
  }

  get #screen(): Size {
    return { width: Math.max(1, this.#place.clientWidth), height: Math.max(1, this.#place.clientHeight) };
  }

  get #now(): View {
    return this.#view ?? begin(this.#picture, this.#screen);
  }

  #set(view: View): void {
    this.#view = view;
    this.#apply();
  }

  #apply(): void {
    if (this.#svg === undefined) return;
    const { x, y, scale } = this.#now;
    const { width, height } = this.#screen;
    this.#svg.setAttribute('viewBox', `${x} ${y} ${width / scale} ${height / scale}`);
    this.#map?.show({ x, y, scale }, this.#screen);
  }

  #wheel(event: WheelEvent): void {
    if (this.#svg === undefined) return;
    event.preventDefault();
    const { left, top } = this.#place.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey)
      this.#set(
        zoom(this.#now, event.deltaY < 0 ? 1.15 : 1 / 1.15, {
          x: event.clientX - left,
          y: event.clientY - top,
        }),
      );
    else {
      const [dx, dy] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
      this.#set(pan(this.#now, dx, dy, this.#picture, this.#screen));
    }
  }

  #drag(event: PointerEvent): void {
    if (this.#svg === undefined || event.button !== 0) return;
    if (event.target instanceof Element && event.target.closest('[role=button]') !== null) return;
    this.#place.setPointerCapture(event.pointerId);
    const move = ({ movementX, movementY }: PointerEvent) =>
      this.#set(pan(this.#now, -movementX, -movementY, this.#picture, this.#screen));
    this.#place.addEventListener('pointermove', move);
    this.#place.addEventListener('pointerup', () => this.#place.removeEventListener('pointermove', move), {
      once: true,
    });
  }
}

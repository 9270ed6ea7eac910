import type { Box } from './layout.ts';

/** All lengths are those of the picture, but for `scale`: pixels of the screen for each of them. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const scales = { least: 0.1, most: 2.5, readable: 0.6 } as const;

/** The whole picture, in the middle; never larger than it was drawn. */
export function whole(picture: Size, screen: Size): View {
  const scale = clamp(
    Math.min(1, screen.width / picture.width, screen.height / picture.height),
    scales.least,
    1,
  );
  return centred(picture.width / 2, picture.height / 2, scale, screen);
}

/** Whether nothing of the picture is outside. */
export function isWhole({ x, y, scale }: View, picture: Size, screen: Size): boolean {
  // Positions are not exact to the last digit.
  const [right, bottom] = [x + screen.width / scale, y + screen.height / scale];
  return x < 0.5 && y < 0.5 && right > picture.width - 0.5 && bottom > picture.height - 0.5;
}

/** Where one begins: the whole of it if that can be read, else its upper left part. */
export function begin(picture: Size, screen: Size): View {
  const all = whole(picture, screen);
  if (all.scale >= scales.readable) return all;
  return { x: 0, y: 0, scale: scales.readable };
}

/** Larger or smaller, with a point of the screen staying where it is. */
export function zoom(view: View, factor: number, at: { readonly x: number; readonly y: number }): View {
  const scale = clamp(view.scale * factor, scales.least, scales.most);
  return {
    x: view.x + at.x / view.scale - at.x / scale,
    y: view.y + at.y / view.scale - at.y / scale,
    scale,
  };
}

/** Moved by so many pixels of the screen. Some of the picture always stays in view. */
export function pan(view: View, dx: number, dy: number, picture: Size, screen: Size): View {
  const rim = 60 / view.scale;
  return {
    ...view,
    x: clamp(view.x + dx / view.scale, rim - screen.width / view.scale, picture.width - rim),
    y: clamp(view.y + dy / view.scale, rim - screen.height / view.scale, picture.height - rim),
  };
}

/** With a box in the middle, if it is not in view as a whole. */
export function reveal(view: View, { x, y, width, height }: Box, screen: Size): View {
  const isSeen =
    x >= view.x &&
    y >= view.y &&
    x + width <= view.x + screen.width / view.scale &&
    y + height <= view.y + screen.height / view.scale;
  return isSeen ? view : centred(x + width / 2, y + height / 2, view.scale, screen);
}

export function centred(x: number, y: number, scale: number, screen: Size): View {
  return { x: x - screen.width / scale / 2, y: y - screen.height / scale / 2, scale };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, Math.min(least, most)), Math.max(least, most));
}

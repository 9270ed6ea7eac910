import type { Size } from './view.ts';

/** What of the look is written into the file, which has no style sheet beside it. */
const properties = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
] as const;

/** The picture as a file of its own: colours and fonts as they are seen now, on the same ground, without what can only be clicked. */
export function toSvgFile(svg: SVGSVGElement, { width, height }: Size): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  const copies = copy.querySelectorAll('*');
  for (const [at, element] of copies.entries()) {
    const original = originals[at];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    for (const property of properties) {
      const value = style.getPropertyValue(property);
      if (value !== '') element.setAttribute(property, value);
    }
    for (const name of ['tabindex', 'class', 'role']) element.removeAttribute(name);
  }
  for (const [at, element] of copies.entries()) if (originals[at]?.matches('.action')) element.remove();
  const ground = document.createElementNS(copy.namespaceURI, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.body).getPropertyValue('--vscode-editor-background'));
  copy.prepend(ground);
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}

/** The same in pixels, twice as many as it is large, in base64; empty where it is too large for that. */
export async function toPng(svg: string, { width, height }: Size): Promise<string> {
  const density = Math.min(2, 8000 / width, 8000 / height);
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

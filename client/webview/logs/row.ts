import { element } from '../shared/dom.ts';
import { parseAnsi, type Style, type StyledText } from './ansi.ts';
import { drawnLength, type Link, linksIn, pieces } from './decorate.ts';
import { parseJsonLine } from './json-line.ts';
import { Level } from './level.ts';
import type { LineStore } from './line-store.ts';
import { type TimeStyle, timeText } from './line-time.ts';
import type { LogSource } from './protocol.ts';

/** How lines are drawn. */
export interface RowOptions {
  readonly times: TimeStyle;
  /** The reader's, for how long ago something was. */
  readonly language: string;
  readonly json: boolean;
  /** What is searched for. */
  readonly expression: RegExp | undefined;
  readonly isExpanded: (line: number) => boolean;
  /** The number of the colour of who wrote it. */
  readonly colorOf: (source: LogSource) => number;
  /** Who wrote it, as people read it. */
  readonly nameOf: (source: LogSource) => string;
  /** For the button that opens a JSON line. */
  readonly expandLabel: string;
}

/** Control sequences are read as well: they take more room than what they leave. */
const readLength = drawnLength * 4;

const levelNames: Readonly<Record<Level, string>> = {
  [Level.error]: 'error',
  [Level.warning]: 'warning',
  [Level.info]: 'info',
  [Level.debug]: 'debug',
  [Level.unknown]: '',
};

/** What a click on something in a row means, kept beside its element. */
export const linkOf = new WeakMap<Element, Link>();

/** One line of the log: a bar in its service's colour, the time if wanted, who wrote it, and the text. */
export function drawRow(store: LineStore, line: number, options: RowOptions): HTMLElement {
  const source = store.sources[store.source(line)];
  const row = element('div', {
    class: 'row',
    'data-line': String(line),
    'data-level': levelNames[store.level(line)] || undefined,
    'data-stream': source?.stream,
  });
  row.append(
    element('span', {
      class: source === undefined ? 'bar' : `bar color-${options.colorOf(source)}`,
      'aria-hidden': 'true',
    }),
  );
  const name = source === undefined ? '' : options.nameOf(source);
  const time = store.time(line);
  if (options.times !== 'none') {
    const title = Number.isNaN(time) ? undefined : new Date(time).toLocaleString(options.language);
    const text = timeText(time, options.times, Date.now(), options.language);
    row.append(element('span', { class: 'time', title }, text));
  }
  row.append(
    element('span', { class: 'name', title: name }, name),
    drawText(store.text(line), line, options),
  );
  return row;
}

function drawText(raw: string, line: number, options: RowOptions): HTMLElement {
  const json = options.json ? parseJsonLine(raw) : undefined;
  const text = element('span', { class: 'text' });
  if (json === undefined) {
    drawPieces(text, parseAnsi(raw, readLength), options);
    return text;
  }
  const open = options.isExpanded(line);
  text.append(
    element(
      'button',
      { class: 'expand', 'aria-expanded': String(open), 'aria-label': options.expandLabel },
      open ? '▾' : '▸',
    ),
  );
  drawPieces(text, { text: open ? json.pretty() : json.summary, ranges: [] }, options);
  if (open) text.classList.add('pretty');
  return text;
}

function drawPieces(into: HTMLElement, styled: StyledText, { expression }: RowOptions): void {
  for (const { text, style, isMatch, link } of pieces(styled, linksIn(styled.text), expression)) {
    if (style === undefined && !isMatch && link === undefined) {
      into.append(text);
      continue;
    }
    const part =
      link === undefined ? element(isMatch ? 'mark' : 'span') : element('a', { href: '#', class: link.kind });
    part.append(link !== undefined && isMatch ? element('mark', {}, text) : text);
    if (link !== undefined) linkOf.set(part, link);
    if (style !== undefined) applyStyle(part, style);
    into.append(part);
  }
}

function applyStyle(part: HTMLElement, { color, background, bold, dim, italic, underline }: Style): void {
  if (typeof color === 'number') part.classList.add(`fg-${color}`);
  else if (color !== undefined) part.style.color = color;
  if (typeof background === 'number') part.classList.add(`bg-${background}`);
  else if (background !== undefined) part.style.backgroundColor = background;
  if (bold === true) part.classList.add('bold');
  if (dim === true) part.classList.add('dim');
  if (italic === true) part.classList.add('italic');
  if (underline === true) part.classList.add('underline');
}

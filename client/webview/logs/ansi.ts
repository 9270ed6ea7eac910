// Control characters are what this is about.
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: see above

/** How a part of a line looks. Colours: 0 to 15 are the theme's, others `#rrggbb`. */
export interface Style {
  readonly color?: number | string;
  readonly background?: number | string;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
}

/** `text` from `start` to `end` looks like this; parts without a style are left out. */
export interface StyledRange {
  readonly start: number;
  readonly end: number;
  readonly style: Style;
}

export interface StyledText {
  /** Without any control sequence. */
  readonly text: string;
  readonly ranges: readonly StyledRange[];
}

/** A control sequence of any kind, or a single control character but tab. The first group: the parameters of a style (`ESC [ … m`). */
const sequence =
  /\x1b\[([\d;:]*)m|\x1b\[[0-?]*[ -/]*[@-~]?|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|$)|\x1b[PX^_][^\x1b]*(?:\x1b\\|$)|\x1b[ -/]*[0-~]?|[\x00-\x08\x0a-\x1a\x1c-\x1f\x7f\x80-\x9f]/g;
const anyControl = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/;

/**
 * A log line as a terminal would show it: colours become ranges, whatever else speaks to a terminal goes. Of parts that a carriage return writes
 * over, the last stays. Of what stays no more than `most` characters are read.
 */
export function parseAnsi(line: string, most = Number.POSITIVE_INFINITY): StyledText {
  const last = line.includes('\r') ? (line.split('\r').findLast((part) => part !== '') ?? '') : line;
  const source = last.length > most ? last.slice(0, most) : last;
  if (!anyControl.test(source)) return { text: source, ranges: [] };
  const ranges: StyledRange[] = [];
  let text = '';
  let style: Style = {};
  let styledFrom = 0;
  let at = 0;
  const close = () => {
    if (text.length > styledFrom && Object.keys(style).length > 0)
      ranges.push({ start: styledFrom, end: text.length, style });
    styledFrom = text.length;
  };
  for (const match of source.matchAll(sequence)) {
    text += source.slice(at, match.index);
    at = match.index + match[0].length;
    if (match[1] === undefined) continue;
    close();
    style = applyStyle(style, match[1]);
  }
  text += source.slice(at);
  close();
  return { text, ranges };
}

/** The line without what a terminal does not show. */
export function plainText(line: string): string {
  return anyControl.test(line) ? parseAnsi(line).text : line;
}

function applyStyle(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  let style: { -readonly [K in keyof Style]: Style[K] } = { ...before };
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 22) {
      delete style.bold;
      delete style.dim;
    } else if (code === 23) delete style.italic;
    else if (code === 24) delete style.underline;
    else if (code >= 30 && code <= 37) style.color = code - 30;
    else if (code >= 90 && code <= 97) style.color = code - 82;
    else if (code === 39) delete style.color;
    else if (code >= 40 && code <= 47) style.background = code - 40;
    else if (code >= 100 && code <= 107) style.background = code - 92;
    else if (code === 49) delete style.background;
    else if (code === 38 || code === 48) {
      const [color, used] = extendedColor(codes.slice(i + 1, i + 5));
      i += used;
      if (color !== undefined) style[code === 38 ? 'color' : 'background'] = color;
    }
  }
  return style;
}

/** The colour after `38` or `48`, and how many codes it took. */
function extendedColor(codes: readonly number[]): readonly [number | string | undefined, number] {
  if (codes[0] === 2) return [hex(codes.slice(1, 4)), 4];
  if (codes[0] !== 5) return [undefined, 0];
  const index = codes[1] ?? 0;
  if (index < 16) return [index, 2];
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [hex([grey, grey, grey]), 2];
  }
  const level = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return [hex([level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]), 2];
}

function hex(parts: readonly number[]): string {
  return `#${[0, 1, 2]
    .map((i) =>
      Math.min(255, parts[i] ?? 0)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

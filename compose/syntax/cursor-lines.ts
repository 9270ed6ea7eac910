/** Single lines of YAML, taken apart by their characters alone. */

/** What a value starts with. */
export function valueKind(first: string | undefined): 'plain' | 'quoted' | 'flow' | 'block' | 'comment' {
  if (first === '"' || first === "'") return 'quoted';
  if (first === '[' || first === '{') return 'flow';
  if (first === '|' || first === '>') return 'block';
  if (first === '#') return 'comment';
  return 'plain';
}

const plainKey =
  /^(?:<<|[^\s#,[\]{}&*!|>'"%@`:-](?:[^:#\n]|:(?=\S)|(?<=\S)#)*?|-(?=\S)(?:[^:#\n]|:(?=\S)|(?<=\S)#)*?)[ \t]*:(?=[ \t\r\n]|$)/;
const quotedKey = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')[ \t]*:(?=[ \t\r\n]|$)/;

/** The mapping key that starts at a column of a line: its name and the column of its colon. */
export function keyAt(
  line: string,
  column: number,
): { readonly name: string; readonly colon: number } | undefined {
  const plainEnd = wordEnd(line, column);
  if (plainEnd > column && line[plainEnd] === ':' && isBlank(line.charCodeAt(plainEnd + 1)))
    return { name: line.slice(column, plainEnd), colon: plainEnd };
  let start = column;
  const properties = /^(?:[!&][^\s,[\]{}]*[ \t]+)+/.exec(line.slice(start));
  if (properties !== null) start += properties[0].length;
  const rest = line.slice(start);
  const quoted = quotedKey.exec(rest);
  if (quoted !== null) {
    return { name: quoted[1] ?? quoted[2] ?? '', colon: start + quoted[0].length - 1 };
  }
  const plain = plainKey.exec(rest);
  if (plain === null) return undefined;
  return { name: plain[0].slice(0, -1).trimEnd(), colon: start + plain[0].length - 1 };
}

/** The end of the letters, digits and underscores from a column on, dots and dashes after the first: most keys are nothing else. */
function wordEnd(line: string, column: number): number {
  let end = column;
  for (; end < line.length; end += 1) {
    const code = line.charCodeAt(end);
    const letter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
    const digit = code >= 0x30 && code <= 0x39;
    if (!letter && !digit && !(end > column && (code === 0x2d || code === 0x2e))) break;
  }
  return end;
}

/** White space, or the end of the text. */
function isBlank(code: number): boolean {
  return Number.isNaN(code) || code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A scalar's text, without its quotes and the comment behind it. */
export function scalarText(text: string): string {
  const plain = text.replace(/\s+#.*$/, '').trim();
  const quoted = /^(["'])(.*)\1$/.exec(plain);
  return quoted?.[2] ?? plain;
}

/** Lines after the one that `offset` is in, without blank and comment lines. */
export function* linesFrom(text: string, offset: number): Generator<string> {
  let position = text.indexOf('\n', offset) + 1;
  while (position > 0 && position < text.length) {
    const newline = text.indexOf('\n', position);
    const line = text.slice(position, newline === -1 ? text.length : newline).replace(/\r$/, '');
    const trimmed = line.trimStart();
    if (trimmed !== '' && !trimmed.startsWith('#')) yield line;
    position = newline + 1;
  }
}

/** Whether the brackets that open at `start` are closed before `end`. */
export function flowEnds(text: string, start: number, end: number): boolean {
  let depth = 0;
  for (let i = start; i < end; i += 1) {
    const char = text[i];
    if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') {
      depth -= 1;
      if (depth === 0) return true;
    } else if (char === '"' || char === "'") {
      const close = closingQuote(text, i, char);
      if (close === -1) return false;
      i = close;
    } else if (char === '#' && /\s/.test(text[i - 1] ?? '')) {
      const newline = text.indexOf('\n', i);
      if (newline === -1) return false;
      i = newline;
    }
  }
  return false;
}

function closingQuote(text: string, open: number, quote: string): number {
  for (let i = open + 1; i < text.length; i += 1) {
    if (text[i] === '\\' && quote === '"') i += 1;
    else if (text[i] === quote) {
      if (quote === "'" && text[i + 1] === "'") i += 1;
      else return i;
    }
  }
  return -1;
}

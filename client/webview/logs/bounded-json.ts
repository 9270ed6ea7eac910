/** How much of a value is written. */
export interface JsonLimits {
  /** Objects and arrays further inside than this are written as `{…}` and `[…]`. */
  readonly depth: number;
  /** Nothing is begun beyond so many characters; what is open is closed. What has to be escaped takes more room. */
  readonly length: number;
}

/** A value that `JSON.parse` made, as JSON that is never deeper nor much longer than asked for. With `indent` over several lines. */
export function boundedJson(value: unknown, { depth, length }: JsonLimits, indent = false): string {
  let text = '';
  const newLine = (level: number) => (indent ? `\n${'  '.repeat(level)}` : '');
  const write = (each: unknown, level: number): void => {
    if (typeof each === 'string') text += JSON.stringify(cut(each, Math.max(0, length - text.length)));
    else if (typeof each !== 'object' || each === null) text += String(each);
    else writeParts(each, level);
  };
  const writeParts = (each: object, level: number): void => {
    const isArray = Array.isArray(each);
    const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
    const parts = Object.entries(each);
    if (parts.length === 0 || level >= depth) {
      text += parts.length === 0 ? open + close : `${open}…${close}`;
      return;
    }
    text += open;
    for (const [at, [key, part]] of parts.entries()) {
      if (at > 0) text += indent ? ',' : ', ';
      text += newLine(level + 1);
      if (text.length >= length) {
        text += '…';
        break;
      }
      if (!isArray) text += `${JSON.stringify(cut(key, length))}: `;
      write(part, level + 1);
    }
    text += newLine(level) + close;
  };
  write(value, 0);
  return text;
}

/** The beginning of a text, with `…` where that is not all of it. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

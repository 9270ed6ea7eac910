/** A piece of a template. Offsets are UTF-16 code units from the start of the template. */
export type TemplatePart = TextPart | EscapePart | VariablePart | InvalidPart;

interface PartBase {
  readonly start: number;
  readonly end: number;
}

export interface TextPart extends PartBase {
  readonly kind: 'text';
}

/** `$$`: a dollar sign. */
export interface EscapePart extends PartBase {
  readonly kind: 'escape';
}

/** `$NAME`, `${NAME}`, or `${NAME` with an operator and its argument, which is a template again. */
export interface VariablePart extends PartBase {
  readonly kind: 'variable';
  readonly name: string;
  /** Where the name starts. */
  readonly nameStart: number;
  readonly braced: boolean;
  readonly argument?: TemplateArgument;
}

export interface TemplateArgument extends PartBase {
  readonly operator: Operator;
  readonly parts: readonly TemplatePart[];
}

/** `${` that begins nothing: Docker Compose refuses the whole text. */
export interface InvalidPart extends PartBase {
  readonly kind: 'invalid';
  readonly reason: 'not-a-name' | 'not-closed' | 'unknown-operator' | 'too-deep';
}

/** With a colon, an empty value counts as none. `-`: a default, `+`: a replacement for a value, `?`: the value is required. */
export type Operator = ':-' | '-' | ':+' | '+' | ':?' | '?';

/** Arguments inside arguments, beyond what anyone writes. */
const maxDepth = 100;

/**
 * The pieces of a text with variables (specification: "Interpolation"), in order and without gaps. Never fails: what cannot be a template is a part
 * of kind `invalid`, unless it stands alone as `$`, which is text.
 *
 * Where several `}` follow, Docker Compose looks at the last one of the line to decide whether a template is closed, and at the first balanced one for
 * where it ends: `${A:-{}}` has the default `{}`. The character after a `{` is not counted.
 */
export function parseTemplate(template: string): readonly TemplatePart[] {
  return parseRange(template, 0, template.length, 0);
}

function parseRange(text: string, from: number, to: number, depth: number): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  const lastClosing = lastClosingIn(text, to);
  let textStart = from;
  let at = from;
  while (at < to) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1 || dollar >= to) break;
    const part = parseAt(text, dollar, to, lastClosing, depth);
    if (part === undefined) {
      at = dollar + 1;
      continue;
    }
    if (dollar > textStart) parts.push({ kind: 'text', start: textStart, end: dollar });
    parts.push(part);
    textStart = part.end;
    at = part.end;
  }
  if (textStart < to) parts.push({ kind: 'text', start: textStart, end: to });
  return parts;
}

/** What begins with the `$` at `start`; `undefined` for a mere dollar sign. */
function parseAt(
  text: string,
  start: number,
  to: number,
  lastClosing: (at: number) => number,
  depth: number,
): TemplatePart | undefined {
  const next = start + 1 < to ? text[start + 1] : undefined;
  if (next === '$') return { kind: 'escape', start, end: start + 2 };
  if (next !== '{') {
    const end = nameEnd(text, start + 1, to);
    if (end === start + 1) return undefined;
    return {
      kind: 'variable',
      start,
      end,
      name: text.slice(start + 1, end),
      nameStart: start + 1,
      braced: false,
    };
  }
  const invalid = (reason: InvalidPart['reason']): InvalidPart => ({
    kind: 'invalid',
    start,
    end: start + 2,
    reason,
  });
  const nameStart = start + 2;
  const end = nameEnd(text, nameStart, to);
  if (end === nameStart) return invalid('not-a-name');
  const variable = {
    kind: 'variable',
    start,
    name: text.slice(nameStart, end),
    nameStart,
    braced: true,
  } as const;
  if (end < to && text[end] === '}') return { ...variable, end: end + 1 };
  const operator = operatorAt(text, end, to);
  const last = lastClosing(end);
  if (operator === undefined) return invalid(last === -1 ? 'not-closed' : 'unknown-operator');
  const argumentStart = end + operator.length;
  if (last < argumentStart) return invalid('not-closed');
  if (depth >= maxDepth) return invalid('too-deep');
  const closing = balancedClosing(text, start, last + 1) ?? last;
  const parts = parseRange(text, argumentStart, closing, depth + 1);
  return { ...variable, end: closing + 1, argument: { operator, start: argumentStart, end: closing, parts } };
}

function nameEnd(text: string, start: number, to: number): number {
  let at = start;
  while (at < to && (at === start ? /[A-Za-z_]/ : /\w/).test(text[at] ?? '')) at++;
  return at;
}

function operatorAt(text: string, at: number, to: number): Operator | undefined {
  const match = /^:?[-+?]/.exec(text.slice(at, Math.min(at + 2, to)));
  return match === null ? undefined : (match[0] as Operator);
}

/** The last `}` of the line that `at` is in, or -1 if none follows. Remembers the line it looked at last. */
function lastClosingIn(text: string, to: number): (at: number) => number {
  let lineEnd = -1;
  let last = -1;
  return (at) => {
    if (at > lineEnd) {
      const newline = text.indexOf('\n', at);
      lineEnd = newline === -1 || newline > to ? to : newline;
      last = lineEnd === 0 ? -1 : text.lastIndexOf('}', lineEnd - 1);
    }
    return last < at ? -1 : last;
  };
}

/** The `}` that balances the first `{`, not counting the character after any `{`. */
function balancedClosing(text: string, start: number, end: number): number | undefined {
  let open = 0;
  for (let at = start; at < end; at++) {
    if (text[at] === '}') {
      open -= 1;
      if (open === 0) return at;
    } else if (text[at] === '{') {
      open += 1;
      at += 1;
    }
  }
  return undefined;
}

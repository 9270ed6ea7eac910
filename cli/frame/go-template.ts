import { CommandError } from './command-error.ts';
import { goJson } from './go-json.ts';
import { ellipsis, formatTable } from './table.ts';

/** What a template can ask of a row; `Labels` as `key=value,…` also answers `.Label "key"`. */
export type TemplateRow = Readonly<Record<string, unknown>>;

/**
 * Rows as `--format` wants them: a Go template for each, or `table TEMPLATE`, with tabs between the columns. `headers`: what a table's head calls a
 * field; others are in capitals. Of Go's language there are fields, `.Label`, texts, numbers, pipes, and `json`, `upper`, `lower`, `title`, `truncate`,
 * `println`; the rest is refused by name.
 */
export function formatTemplate(
  format: string,
  rows: readonly TemplateRow[],
  headers: Readonly<Record<string, string>> = {},
): string {
  const isTable = /^table\s/.test(format);
  const source = withEscapes(isTable ? format.replace(/^table\s+/, '') : format);
  const parts = parse(source);
  const lines = rows.map((row) => parts.map((part) => print(part, row)).join(''));
  if (!isTable) return lines.map((line) => `${line}\n`).join('');
  const head = parts.map((part) => (typeof part === 'string' ? part : headerOf(part, headers))).join('');
  return formatTable(
    head.split('\t'),
    lines.map((line) => line.split('\t')),
  );
}

/** One `{{…}}`: each command takes the result of the one before as its last argument. */
type Pipeline = readonly (readonly string[])[];

const functions: Readonly<Record<string, (...values: readonly unknown[]) => unknown>> = {
  json: (value) => goJson(value),
  upper: (value) => String(value).toUpperCase(),
  lower: (value) => String(value).toLowerCase(),
  title: (value) => String(value).replace(/^./, (first) => first.toUpperCase()),
  truncate: (value, length) => {
    const [text, most] = typeof value === 'number' ? [length, value] : [value, Number(length)];
    return ellipsis(String(text), most);
  },
  println: (value) => `${String(value)}\n`,
};

function parse(source: string): readonly (string | Pipeline)[] {
  const parts: (string | Pipeline)[] = [];
  let rest = source;
  for (let open = rest.indexOf('{{'); open >= 0; open = rest.indexOf('{{')) {
    const close = rest.indexOf('}}', open);
    if (close < 0) throw failure('unclosed action');
    parts.push(rest.slice(0, open));
    const action = rest.slice(open + 2, close).replace(/^- | -$/g, '');
    parts.push(action.split('|').map((command) => words(command)));
    rest = rest.slice(close + 2);
  }
  return [...parts, rest];
}

function words(command: string): readonly string[] {
  const found = command.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
  const [first = ''] = found;
  if (!first.startsWith('.') && !first.startsWith('"') && functions[first] === undefined)
    throw failure(first === '' ? 'missing value for command' : `function "${first}" is not supported`);
  return found;
}

function print(part: string | Pipeline, row: TemplateRow): string {
  if (typeof part === 'string') return part;
  let value: unknown;
  for (const [at, command] of part.entries()) {
    const [name = '', ...given] = command;
    const values = [...given.map((word) => evaluate(word, row)), ...(at === 0 ? [] : [value])];
    if (name === '.Label') value = labelOf(row, String(values[0]));
    else value = functions[name]?.(...values) ?? evaluate(name, row);
  }
  return toText(value);
}

function evaluate(word: string, row: TemplateRow): unknown {
  if (word.startsWith('"')) return word.slice(1, -1).replace(/\\(.)/g, '$1');
  if (/^-?\d+$/.test(word)) return Number(word);
  if (word === '.') return row;
  const name = word.slice(1);
  if (!word.startsWith('.') || !(name in row)) throw failure(`can't evaluate field ${name}`);
  return row[name];
}

function labelOf({ Labels: labels }: TemplateRow, key: string): string {
  const entry = String(labels ?? '')
    .split(',')
    .find((each) => each.startsWith(`${key}=`));
  return entry?.slice(key.length + 1) ?? '';
}

function headerOf(part: Pipeline, headers: Readonly<Record<string, string>>): string {
  const field =
    part
      .flat()
      .find((word) => /^\.\w/.test(word))
      ?.slice(1) ?? '';
  return headers[field] ?? field.toUpperCase();
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toText).join(' ')}]`;
  return typeof value === 'object' && value !== null ? goJson(value) : String(value ?? '');
}

/** In a shell's single quotes a tab is written `\t`. */
function withEscapes(text: string): string {
  return text.replaceAll('\\t', '\t').replaceAll('\\n', '\n');
}

function failure(reason: string): CommandError {
  return new CommandError(`template parsing error: template: :1: ${reason}`);
}

import { formatPath, type Path } from '../values/path.ts';
import { entryOf, keyText, placesOf, stringOf } from '../syntax/edit.ts';
import { LineIndex } from '../syntax/line-index.ts';
import type { Node } from '../syntax/node.ts';
import type { Span } from '../problem/span.ts';
import { type Plain, toPlain } from '../syntax/to-plain.ts';
import { variablesOf } from '../template/extract.ts';
import { parseTemplate } from '../template/parse.ts';
import type { LoadedProject, LoadTrace } from './request.ts';
import type { VariableOrigin } from './variables.ts';

/** Where a value of a project comes from. */
export interface Explanation {
  /** As text: `services.web.ports[0]`. */
  readonly path: string;
  readonly value: Plain;
  /** Nobody wrote it: it is a default, or follows from other values. `setAt` is what it belongs to. */
  readonly implied: boolean;
  /** Where the value that counts was written. */
  readonly setAt: Place;
  /** The values it overrode, and the aliases that brought it in, oldest first. */
  readonly before: readonly Place[];
  /** The variables in the text it was made from, in their order. */
  readonly variables: readonly UsedVariable[];
}

export interface Place {
  readonly span: Span;
  /** Both from 1, as people count. */
  readonly line: number;
  readonly column: number;
  /** What is written there. */
  readonly text: string;
}

export interface UsedVariable {
  readonly name: string;
  /** `undefined`: it is not set. */
  readonly value: string | undefined;
  readonly from: VariableOrigin | undefined;
  /** Where an env file sets it. */
  readonly place: Place | undefined;
}

/** Explains the value at a path, given in parts or as text; `undefined` if there is none. */
export function explain(loaded: LoadedProject, path: Path | string): Explanation | undefined {
  const parts = typeof path === 'string' ? pathIn(loaded.tree, path) : path;
  const text = typeof path === 'string' ? path : formatPath(path);
  const places = new Places(loaded.trace);
  const node = parts === undefined ? undefined : find(loaded.tree, parts);
  if (node !== undefined) return explainNode(formatPath(parts ?? []), node, places, loaded.trace);
  const span = loaded.trace?.fromFiles.get(text);
  return span === undefined ? undefined : explainFileValue(text, span, places, loaded);
}

function explainNode(path: string, node: Node, places: Places, trace: LoadTrace | undefined): Explanation {
  const written = placesOf(node);
  const setAt = written.at(-1) ?? node.span;
  return {
    path,
    value: valueOfItem(node, path),
    implied: node.implied ?? false,
    setAt: places.at(setAt),
    before: written.slice(0, -1).map((span) => places.at(span)),
    variables: node.implied ? [] : usedVariables(node, places, trace),
  };
}

function explainFileValue(path: string, span: Span, places: Places, loaded: LoadedProject): Explanation {
  const [, service = '', section = '', ...name] = path.split('.');
  const from = loaded.project.services[service];
  const values = section === 'labels' ? from?.labels : from?.environment;
  const value = values?.[name.join('.')] ?? null;
  return { path, value, implied: false, setAt: places.at(span), before: [], variables: [] };
}

/** An item such as `KEY=value` that was asked for by its key. */
function valueOfItem(node: Node, path: string): Plain {
  const text = stringOf(node);
  const key = path.slice(path.lastIndexOf('.') + 1);
  return text?.startsWith(`${key}=`) ? text.slice(key.length + 1) : toPlain(node);
}

function usedVariables(node: Node, places: Places, trace: LoadTrace | undefined): readonly UsedVariable[] {
  const used = new Map<string, UsedVariable>();
  for (const span of scalarSpans(node)) {
    const variables = trace?.variablesOf.get(span.uri);
    for (const { name } of variablesOf(parseTemplate(places.at(span).text))) {
      if (used.has(name)) continue;
      const variable = variables?.variable(name);
      const place = variable?.from.kind === 'file' ? places.at(variable.from.span) : undefined;
      used.set(name, { name, value: variable?.value, from: variable?.from, place });
    }
  }
  return [...used.values()];
}

function scalarSpans(node: Node): readonly Span[] {
  if (node.kind === 'map') return node.entries.flatMap(({ value }) => scalarSpans(value));
  if (node.kind === 'seq') return node.items.flatMap(scalarSpans);
  return node.implied ? [] : [node.span];
}

/** The node at a path; in a list of `KEY=value`, a key names its item. */
function find(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const part of path) {
    if (node?.kind === 'map') node = entryOf(node, String(part))?.value;
    else if (node?.kind === 'seq')
      node = typeof part === 'number' ? node.items[part] : itemOf(node.items, part);
    else return undefined;
  }
  return node;
}

function itemOf(items: readonly Node[], key: string): Node | undefined {
  return items.find((item) => {
    const text = stringOf(item);
    return text === key || text?.startsWith(`${key}=`);
  });
}

/** A path from its text. Keys may have dots: the longest key that is there wins. */
export function pathIn(root: Node, text: string): Path | undefined {
  const path: (string | number)[] = [];
  let rest = text;
  let node: Node | undefined = root;
  while (rest !== '') {
    const index: RegExpExecArray | null = /^\[(\d+)\]\.?/.exec(rest);
    if (index !== null) {
      path.push(Number(index[1]));
      node = node?.kind === 'seq' ? node.items[Number(index[1])] : undefined;
      rest = rest.slice(index[0].length);
      continue;
    }
    const key: string = keyIn(node, rest);
    path.push(key);
    node = entryOf(node, key)?.value;
    rest = rest.slice(key.length).replace(/^\./, '');
    if (path.length > 1000) return undefined;
  }
  return path;
}

function keyIn(node: Node | undefined, text: string): string {
  const keys = node?.kind === 'map' ? node.entries.map(keyText) : [];
  const fitting = keys.filter(
    (key) => text === key || text.startsWith(`${key}.`) || text.startsWith(`${key}[`),
  );
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined && longest !== '') return longest;
  // In a list of KEY=value, or below what is there.
  return node?.kind === 'seq' ? text : (/^[^.[]+/.exec(text)?.[0] ?? text);
}

/** Spans as lines and columns; each text is indexed once. */
class Places {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #indexes = new Map<string, LineIndex>();

  constructor(trace: LoadTrace | undefined) {
    this.#texts = trace?.texts ?? new Map();
  }

  at(span: Span): Place {
    const text = this.#texts.get(span.uri) ?? '';
    const index = this.#indexes.get(span.uri) ?? new LineIndex(text);
    this.#indexes.set(span.uri, index);
    const { line, column } = index.position(span.start);
    return { span, line: line + 1, column: column + 1, text: text.slice(span.start, span.end) };
  }
}

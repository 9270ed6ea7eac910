import { resolve } from '#system/path.ts';
import { sameData } from '#compose/values/same-data.ts';
import { type Path, PatternTable } from '#compose/values/path.ts';
import { nodeAt } from '#compose/syntax/at.ts';
import { entryOf, keyText } from '#compose/syntax/edit.ts';
import { goFormat } from '#compose/syntax/go-format.ts';
import type { MapEntry, MapNode, Node } from '#compose/syntax/node.ts';
import { toPlain } from '#compose/syntax/to-plain.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Edit, Fix, Surroundings } from './fix.ts';
import { wording } from '../words/words.ts';

/** A value moved to a place of its own, or back from it. */
export interface Extraction extends Fix {
  readonly kind: 'extract' | 'inline';
}

interface Place {
  readonly file: SourceFile;
  readonly root: MapNode;
  readonly path: Path;
  readonly node: Node;
  readonly surroundings: Surroundings;
}

/**
 * What the value at an offset can be moved to: a variable in `.env`, a secret in a file of its own, an anchor of the whole mapping; and an anchor's
 * mapping back to where it is used. The project means the same afterwards.
 */
export function extractionsAt(
  file: SourceFile,
  offset: number,
  surroundings: Surroundings,
): readonly Extraction[] {
  const root = file.roots.find(({ span }) => span.start <= offset && offset <= span.end);
  if (root?.kind !== 'map') return [];
  const { nodes, path } = nodeAt(root, offset);
  const found: Extraction[] = [];
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = nodes[depth];
    if (node === undefined) continue;
    const place: Place = { file, root, path: path.slice(0, depth), node, surroundings };
    for (const rule of rules.match(place.path) ?? []) found.push(...rule(place));
  }
  const [innermost] = nodes.slice(-1);
  if (innermost?.kind === 'alias') found.push(...inlineAlias(file, root, innermost.name, nodes, path));
  return found;
}

type Rule = (place: Place) => readonly Extraction[];

const rules = new PatternTable<readonly Rule[]>([
  ['services.*.environment.*', [toVariable, toSecret]],
  ['services.*.environment[]', [pairToVariable]],
  ['services.*.image', [toVariable]],
  ...['build', 'deploy', 'environment', 'healthcheck', 'labels', 'logging', 'develop'].map(
    (key) => [`services.*.${key}`, [toAnchor]] as const,
  ),
]);

function toVariable({ file, root, path, node, surroundings }: Place): readonly Extraction[] {
  if (node.kind !== 'scalar' || !isOneLine(file.text, node) || node.value === null) return [];
  // Docker Compose refuses a date that is not in quotes: there is no value to move.
  if (node.type === 'timestamp') return [];
  const [, service, key, variable] = path.map(String);
  const name = variable ?? ofService(service, String(key).toUpperCase());
  const text = { ...trimmed(file.text, node), before: '', quotes: isInFlow(root, path) };
  return moved(file, surroundings, [name, ofService(service, name)], goFormat(node), text);
}

/** An item `NAME=value` of a list. */
function pairToVariable({ file, root, path, node, surroundings }: Place): readonly Extraction[] {
  if (node.kind !== 'scalar' || !isOneLine(file.text, node)) return [];
  const [, name, value] = /^([A-Za-z_]\w*)=(.+)$/s.exec(node.source) ?? [];
  if (name === undefined || value === undefined) return [];
  const text = { ...trimmed(file.text, node), before: `${name}=`, quotes: isInFlow(root, path) };
  return moved(file, surroundings, [name, ofService(String(path[1]), name)], value, text);
}

/** The name of a variable that only one service means. */
function ofService(service: string | undefined, name: string): string {
  return `${String(service).toUpperCase()}_${name}`.replace(/[^A-Za-z0-9_]/g, '_');
}

/** Where a value stands, what stays before it, and whether it must be in quotes. */
interface MovedText {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly quotes: boolean;
}

function moved(
  file: SourceFile,
  { directory, isSetOutside }: Surroundings,
  names: readonly string[],
  value: string,
  { start, end, before, quotes }: MovedText,
): readonly Extraction[] {
  // What the environment says wins over .env: there another name is needed.
  const name = names.find((each) => !isSetOutside(each));
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name) || value === '' || value.includes('$')) return [];
  const quote = /^["']/.exec(file.text.slice(start, end))?.[0] ?? (quotes ? '"' : '');
  const line = `${name}=${/^[\w.:/@%+,-]*$/.test(value) ? value : `'${value.replaceAll("'", "\\'")}'`}`;
  return [
    {
      kind: 'extract',
      title: wording('extract.to-env', { name }),
      edits: [{ start, end, newText: `${quote}${before}\${${name}}${quote}` }],
      append: { path: resolve(directory, '.env'), line },
    },
  ];
}

/** Variables whose images also read the value from a file that `NAME_FILE` names (the images' own documentation). */
const readsFile =
  /^(?:POSTGRES_(?:PASSWORD|USER|DB|INITDB_ARGS)|(?:MYSQL|MARIADB)_(?:ROOT_PASSWORD|PASSWORD|USER|DATABASE|ROOT_HOST)|MONGO_INITDB_ROOT_(?:USERNAME|PASSWORD)|WORDPRESS_DB_(?:PASSWORD|USER|NAME|HOST))$/;

function toSecret({ file, root, path, node, surroundings }: Place): readonly Extraction[] {
  const variable = String(path[3]);
  const service = nodeOfPath(root, path.slice(0, 2));
  if (!readsFile.test(variable) || node.kind !== 'scalar' || node.keySpan === undefined) return [];
  if (!isOneLine(file.text, node) || node.source === '' || node.source.includes('$')) return [];
  if (service?.kind !== 'map' || service.flow || isFlow(nodeOfPath(root, path.slice(0, 3)))) return [];
  const name = variable.toLowerCase();
  const used = entryOf(service, 'secrets');
  const declared = entryOf(root, 'secrets');
  // A list or a section that is written otherwise is better changed by hand.
  if (isFlow(used?.value) || isFlow(declared?.value)) return [];
  if (declared?.value.kind === 'map' && entryOf(declared.value, name) !== undefined) return [];
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  const environment = entryOf(service, 'environment');
  const column = columnOf(file.text, environment?.key.span.start ?? 0);
  const pad = ' '.repeat(column);
  const item = `${' '.repeat(column + 2)}- ${name}${eol}`;
  const secretsEnd = lineAfter(file.text, (used ?? environment)?.value.span.end ?? 0);
  const use = used === undefined ? `${pad}secrets:${eol}${item}` : item;
  const entry = `  ${name}:${eol}    file: ./secrets/${name}.txt${eol}`;
  const end = declared === undefined ? file.text.length : lineAfter(file.text, declared.value.span.end);
  const lead = file.text.slice(0, end).endsWith('\n') ? '' : eol;
  const section = declared === undefined ? `${lead}${eol}secrets:${eol}${entry}` : `${lead}${entry}`;
  const key = node.keySpan;
  const edits: Edit[] = [
    {
      start: key.start,
      end: trimmed(file.text, node).end,
      newText: `${variable}_FILE: /run/secrets/${name}`,
    },
    { start: secretsEnd, end: secretsEnd, newText: use },
    { start: end, end, newText: section },
  ];
  // At the end of a file without a last line feed, all that is added is one text.
  const merged =
    secretsEnd === end
      ? [...edits.slice(0, 1), { start: end, end, newText: `${lead}${use}${section.slice(lead.length)}` }]
      : edits;
  return [
    {
      kind: 'extract',
      title: wording('extract.to-secret', { name }),
      edits: merged,
      create: { path: resolve(surroundings.directory, `secrets/${name}.txt`), text: goFormat(node) },
    },
  ];
}

/** The mapping of one attribute, and every equal one, as `x-…` at the top. */
function toAnchor({ file, root, path, node }: Place): readonly Extraction[] {
  const key = String(path[2]);
  const name = `x-${key}`;
  if (node.kind !== 'map' || node.flow || node.entries.length === 0 || !isPlain(file.text, node)) return [];
  if (root.flow || entryOf(root, name) !== undefined) return [];
  const services = entryOf(root, 'services')?.value;
  if (services?.kind !== 'map') return [];
  const value = toPlain(node);
  const equal = services.entries.flatMap((service) => {
    const other =
      service.value.kind === 'map' && !service.value.flow ? entryOf(service.value, key) : undefined;
    const isEqual =
      other?.value.kind === 'map' &&
      !other.value.flow &&
      isPlain(file.text, other.value) &&
      sameData(toPlain(other.value), value);
    return isEqual && other !== undefined ? [other] : [];
  });
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  const first = root.entries.find((entry) => keyText(entry) === 'services');
  if (first === undefined) return [];
  const at = lineStart(file.text, first.key.span.start);
  const body = linesOf(file.text, node)
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join(eol);
  return [
    {
      kind: 'extract',
      title:
        equal.length > 1
          ? wording('extract.to-anchor.several', { name, count: equal.length })
          : wording('extract.to-anchor', { name }),
      edits: [
        { start: at, end: at, newText: `${name}: &${key}${eol}${body}${eol}${eol}` },
        ...equal.map((entry) => afterColon(file.text, entry, ` *${key}`)),
      ],
    },
  ];
}

/** What an alias stands for, written out: as a value, or by a merge key, of which the mapping's own keys win. */
function inlineAlias(
  file: SourceFile,
  root: MapNode,
  name: string,
  nodes: readonly Node[],
  path: Path,
): readonly Extraction[] {
  const target = anchored(root, name, nodes.at(-1)?.span.start ?? 0);
  const parent = nodes.at(-2);
  if (target?.kind !== 'map' || target.flow || parent?.kind !== 'map' || parent.flow) return [];
  if (!isPlain(file.text, { ...target, anchor: undefined })) return [];
  const entry = parent.entries.find(({ value }) => value === nodes.at(-1));
  if (entry === undefined) return [];
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  const column = columnOf(file.text, entry.key.span.start);
  const title = wording('inline.alias', { name });
  if (path.at(-1) !== '<<') {
    const body = linesOf(file.text, target).map(
      (line) => `${eol}${line === '' ? '' : ' '.repeat(column + 2) + line}`,
    );
    return [{ kind: 'inline', title, edits: [afterColon(file.text, entry, body.join(''))] }];
  }
  const own = new Set(parent.entries.map(keyText));
  const kept = target.entries.filter((each) => !own.has(keyText(each)));
  const lines = kept.flatMap((each) => linesOf(file.text, { ...target, entries: [each] }));
  if (lines.length === 0) return [];
  const { end } = trimmed(file.text, entry.value);
  const newText = lines.join(`${eol}${' '.repeat(column)}`);
  return [{ kind: 'inline', title, edits: [{ start: entry.key.span.start, end, newText }] }];
}

/** The last node before an offset that has the anchor. */
function anchored(node: Node, name: string, before: number): Node | undefined {
  const own = node.anchor === name && node.span.start < before ? node : undefined;
  const children =
    node.kind === 'map' ? node.entries.map(({ value }) => value) : node.kind === 'seq' ? node.items : [];
  return children.reduce((found, child) => anchored(child, name, before) ?? found, own);
}

/** The lines of a block mapping, without its indentation. */
function linesOf(text: string, { entries }: MapNode): readonly string[] {
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return [];
  const { start } = first.key.span;
  const column = columnOf(text, start);
  const { end } = trimmed(text, last.value.span.end > last.key.span.end ? last.value : last.key);
  const body = text.slice(start, end);
  const colon = last.value.span.end > last.key.span.end ? '' : ':';
  return `${body}${colon}`.split(/\r?\n/).map((line, index) => (index === 0 ? line : line.slice(column)));
}

/** Inside braces or brackets, where a brace must be in quotes. */
function isInFlow(root: Node, path: Path): boolean {
  return path.some((_, depth) => {
    const node = nodeOfPath(root, path.slice(0, depth));
    return (node?.kind === 'map' || node?.kind === 'seq') && node.flow;
  });
}

/** Neither anchors nor comments, which would be lost or doubled. */
function isPlain(text: string, node: Node): boolean {
  const plain = (each: Node): boolean => {
    if (each.kind === 'alias' || each.anchor !== undefined || each.tag !== undefined || each.broken === true)
      return false;
    if (each.kind === 'map') return each.entries.every((entry) => plain(entry.value));
    return each.kind !== 'seq' || each.items.every(plain);
  };
  return plain(node) && !/(?:^|\s)#/.test(text.slice(node.span.start, node.span.end).trimEnd());
}

function afterColon(text: string, { key, value }: MapEntry, newText: string): Edit {
  return { start: text.indexOf(':', key.span.end) + 1, end: trimmed(text, value).end, newText };
}

function nodeOfPath(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const part of path) node = node?.kind === 'map' ? entryOf(node, String(part))?.value : undefined;
  return node;
}

function isFlow(node: Node | undefined): boolean {
  return node !== undefined && (node.kind === 'scalar' || node.kind === 'alias' || node.flow);
}

function isOneLine(text: string, node: Node): boolean {
  return !text.slice(node.span.start, node.span.end).trimEnd().includes('\n') && node.anchor === undefined;
}

function trimmed(
  text: string,
  { span }: Pick<Node, 'span'>,
): { readonly start: number; readonly end: number } {
  let { end } = span;
  while (end > span.start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return { start: span.start, end };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Where the line after the one on which something ends begins. */
function lineAfter(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline + 1;
}

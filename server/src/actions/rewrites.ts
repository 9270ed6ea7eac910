import { type Path, PatternTable } from '#compose/values/path.ts';
import { nodeAt } from '#compose/syntax/at.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import { goFormat } from '#compose/syntax/go-format.ts';
import type { MapNode, Node, SeqNode } from '#compose/syntax/node.ts';
import { parsePorts } from '#compose/values/port.ts';
import { parseVolume } from '#compose/values/volume.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Edit } from './fix.ts';
import { type Wording, wording } from '../words/words.ts';

/** The same said in another form. */
export interface Rewrite {
  readonly title: Wording;
  readonly edit: Edit;
}

type Lines = readonly string[] | undefined;
interface Rule {
  readonly title: Wording;
  /** The lines of the new form, without indentation; `undefined` where it cannot be said so. */
  readonly lines: (node: Node) => Lines;
}

const pairs: readonly Rule[] = [
  { title: wording('rewrite.map'), lines: (node) => (node.kind === 'seq' ? pairsToMap(node) : undefined) },
  { title: wording('rewrite.list'), lines: (node) => (node.kind === 'map' ? mapToPairs(node) : undefined) },
];

const sources: readonly Rule[] = [
  {
    title: wording('rewrite.long'),
    lines: (node) => {
      const name = stringOf(node);
      return name === undefined ? undefined : [`source: ${scalar(name)}`];
    },
  },
  { title: wording('rewrite.short'), lines: (node) => only(node, 'source') },
];

const rules = new PatternTable<readonly Rule[]>([
  ['services.*.environment', pairs],
  ['services.*.labels', pairs],
  ['services.*.annotations', pairs],
  ['services.*.sysctls', pairs],
  ['services.*.build.args', pairs],
  ['services.*.build.labels', pairs],
  ['services.*.deploy.labels', pairs],
  [
    'services.*.depends_on',
    [
      {
        title: wording('rewrite.conditions'),
        lines: (node) => (node.kind === 'seq' ? dependencies(node) : undefined),
      },
      { title: wording('rewrite.short'), lines: shortDependencies },
    ],
  ],
  [
    'services.*.ports[]',
    [
      { title: wording('rewrite.long'), lines: longPort },
      { title: wording('rewrite.short'), lines: shortPort },
    ],
  ],
  [
    'services.*.volumes[]',
    [
      { title: wording('rewrite.long'), lines: longMount },
      { title: wording('rewrite.short'), lines: shortMount },
    ],
  ],
  [
    'services.*.env_file',
    [
      { title: wording('rewrite.long'), lines: longEnvFile },
      { title: wording('rewrite.short'), lines: shortEnvFile },
    ],
  ],
  [
    'services.*.build',
    [
      { title: wording('rewrite.long'), lines: longBuild },
      { title: wording('rewrite.short'), lines: (node) => only(node, 'context') },
    ],
  ],
  ['services.*.secrets[]', sources],
  ['services.*.configs[]', sources],
]);

/** The forms that what is at an offset can be brought to. What would lose a comment, an anchor or a variable is left out. */
export function rewritesAt(file: SourceFile, offset: number): readonly Rewrite[] {
  for (const root of file.roots) {
    if (offset < root.span.start || offset > root.span.end) continue;
    const { nodes, path } = nodeAt(root, offset);
    const rewrites: Rewrite[] = [];
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = nodes[depth];
      const found = rules.match(path.slice(0, depth));
      if (node === undefined || found === undefined) continue;
      for (const { title, lines } of found) {
        const edit = canBeMoved(file.text, node)
          ? editOf(file.text, path.slice(0, depth), node, lines(node))
          : undefined;
        if (edit !== undefined) rewrites.push({ title, edit });
      }
    }
    return rewrites;
  }
  return [];
}

function canBeMoved(text: string, node: Node): boolean {
  const plain = (each: Node): boolean => {
    if (each.kind === 'alias' || each.anchor !== undefined || each.tag !== undefined || each.broken === true)
      return false;
    if (each.kind === 'map')
      return each.entries.every((entry) => keyText(entry) !== '<<' && plain(entry.value));
    return each.kind !== 'seq' || each.items.every(plain);
  };
  return plain(node) && !/(?:^|\s)#/.test(text.slice(node.span.start, node.span.end).trimEnd());
}

function editOf(text: string, path: Path, node: Node, lines: Lines): Edit | undefined {
  if (lines === undefined || lines.length === 0) return undefined;
  const { start } = node.span;
  let { end } = node.span;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  // An item, or a value on a line of its own, stays at its column.
  const { keySpan } = node;
  if (keySpan === undefined || typeof path.at(-1) === 'number') {
    return { start, end, newText: lines.join(`${newline}${' '.repeat(column)}`) };
  }
  const keyColumn = keySpan.start - (text.lastIndexOf('\n', keySpan.start - 1) + 1);
  const indent = `${newline}${' '.repeat(keyColumn + 2)}`;
  const colon = text.indexOf(':', keySpan.end);
  if (colon === -1 || colon > start) return undefined;
  return { start: colon + 1, end, newText: lines.map((line) => indent + line).join('') };
}

function pairsToMap(node: SeqNode): Lines {
  const lines: string[] = [];
  for (const item of node.items) {
    const text = stringOf(item);
    if (text === undefined) return undefined;
    const at = text.indexOf('=');
    const name = at === -1 ? text : text.slice(0, at);
    lines.push(at === -1 ? `${scalar(name)}:` : `${scalar(name)}: ${scalar(text.slice(at + 1))}`);
  }
  return lines;
}

function mapToPairs(node: MapNode): Lines {
  const lines: string[] = [];
  for (const entry of node.entries) {
    const { value } = entry;
    if (value.kind !== 'scalar' || value.source.includes('\n') || value.type === 'timestamp')
      return undefined;
    const name = keyText(entry);
    // What the container gets is written: an unquoted 1.10 is 1.1 there.
    lines.push(`- ${scalar(value.value === null ? name : `${name}=${goFormat(value)}`)}`);
  }
  return lines;
}

function dependencies(node: SeqNode): Lines {
  const names = node.items.map(stringOf);
  if (names.some((name) => name === undefined)) return undefined;
  return names.flatMap((name) => [`${scalar(name ?? '')}:`, '  condition: service_started']);
}

/** Names alone say that a service has started, which is what is waited for if nothing else is said. */
function shortDependencies(node: Node): Lines {
  if (node.kind !== 'map' || node.entries.length === 0) return undefined;
  const isPlain = node.entries.every(
    ({ value }) =>
      value.kind === 'map' &&
      value.entries.length === 1 &&
      stringOf(valueIn(value, 'condition')) === 'service_started',
  );
  return isPlain ? node.entries.map((entry) => `- ${scalar(keyText(entry))}`) : undefined;
}

/** The text of a mapping's only key. */
function only(node: Node, key: string): Lines {
  const text = node.kind === 'map' && node.entries.length === 1 ? stringOf(valueIn(node, key)) : undefined;
  return text === undefined ? undefined : [scalar(text)];
}

function shortEnvFile(node: Node): Lines {
  if (node.kind !== 'seq' || node.items.every((item) => item.kind !== 'map')) return undefined;
  const paths = node.items.map((item) => stringOf(item) ?? stringOf(valueIn(item, 'path')));
  const isPlain = node.items.every((item) => item.kind === 'scalar' || only(item, 'path') !== undefined);
  if (!isPlain || paths.some((path) => path === undefined)) return undefined;
  return paths.map((path) => `- ${scalar(path ?? '')}`);
}

function shortMount(node: Node): Lines {
  if (node.kind !== 'map') return undefined;
  const sayable = new Set(['type', 'source', 'target', 'read_only', 'bind', 'volume']);
  if (node.entries.some((entry) => !sayable.has(keyText(entry)))) return undefined;
  if (!isImplied(valueIn(node, 'bind')) || !isImplied(valueIn(node, 'volume'))) return undefined;
  const source = stringOf(valueIn(node, 'source'));
  const target = stringOf(valueIn(node, 'target'));
  const type = stringOf(valueIn(node, 'type'));
  const readOnly = valueIn(node, 'read_only');
  const flag = readOnly?.kind === 'scalar' ? readOnly.value : false;
  if (target === undefined || typeof flag !== 'boolean') return undefined;
  // Without a source there is no place for options.
  if (source === undefined) return type === 'volume' && !flag ? [scalar(target)] : undefined;
  const short = `${source}:${target}${flag ? ':ro' : ''}`;
  const parsed = parseVolume(short);
  const isSame =
    !short.includes('$') &&
    parsed.kind === 'volume' &&
    parsed.volume.type === type &&
    parsed.volume.source === source &&
    parsed.volume.target === target;
  return isSame ? [scalar(short)] : undefined;
}

/** The options of a mount that its short form has without saying so. */
function isImplied(options: Node | undefined): boolean {
  if (options === undefined) return true;
  return (
    options.kind === 'map' &&
    options.entries.every(
      (entry) =>
        keyText(entry) === 'create_host_path' && entry.value.kind === 'scalar' && entry.value.value === true,
    )
  );
}

function longPort(node: Node): Lines {
  if (node.kind !== 'scalar' || node.source.includes('$')) return undefined;
  const parsed = parsePorts(node.source);
  if (parsed.kind !== 'ports' || parsed.ports.length !== 1) return undefined;
  const [port] = parsed.ports;
  if (port === undefined) return undefined;
  return [
    `target: ${port.target}`,
    ...(port.published === undefined ? [] : [`published: "${port.published}"`]),
    ...(port.host_ip === undefined ? [] : [`host_ip: ${scalar(port.host_ip)}`]),
    ...(port.protocol === 'tcp' ? [] : [`protocol: ${port.protocol}`]),
  ];
}

function shortPort(node: Node): Lines {
  if (node.kind !== 'map') return undefined;
  const text = (key: string) => {
    const value = valueIn(node, key);
    return value?.kind === 'scalar' ? value.source : undefined;
  };
  const sayable = new Set(['target', 'published', 'host_ip', 'protocol']);
  const target = text('target');
  if (target === undefined || node.entries.some((entry) => !sayable.has(keyText(entry)))) return undefined;
  const published = text('published');
  const ip = text('host_ip');
  if (published === undefined && ip !== undefined) return undefined;
  const address = ip?.includes(':') === true ? `[${ip}]` : ip;
  const protocol = text('protocol');
  const parts = [address, published, target].filter((part) => part !== undefined).join(':');
  return [JSON.stringify(protocol === undefined || protocol === 'tcp' ? parts : `${parts}/${protocol}`)];
}

function longMount(node: Node): Lines {
  const text = stringOf(node);
  if (text === undefined || text.includes('$')) return undefined;
  const parsed = parseVolume(text);
  if (parsed.kind !== 'volume') return undefined;
  const { type, source, target, read_only: readOnly } = parsed.volume;
  const options = text.split(':').at(-1) ?? '';
  // Other options than these have places of their own.
  if (text.split(':').length > 2 && !/^(?:ro|rw)$/.test(options)) return undefined;
  return [
    `type: ${type}`,
    ...(source === undefined ? [] : [`source: ${scalar(source)}`]),
    `target: ${scalar(target)}`,
    ...(readOnly === true ? ['read_only: true'] : []),
    // Said by the short form too: without them it would be another mount, and the container made anew.
    ...(type === 'bind' ? ['bind:', '  create_host_path: true'] : type === 'volume' ? ['volume: {}'] : []),
  ];
}

function longEnvFile(node: Node): Lines {
  const items = node.kind === 'seq' ? node.items : [node];
  const paths = items.map(stringOf);
  if (paths.some((path) => path === undefined)) return undefined;
  return paths.map((path) => `- path: ${scalar(path ?? '')}`);
}

function longBuild(node: Node): Lines {
  const context = stringOf(node);
  return context === undefined ? undefined : [`context: ${scalar(context)}`];
}

/** Text as a plain scalar where that is read as the same text, else in quotes. */
function scalar(text: string): string {
  const safe = /^[A-Za-z_./~$][^\s:#,[\]{}"'&*!|>%@`]*(?: [^\s:#,[\]{}"'&*!|>%@`]+)*$/.test(text);
  const word = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i.test(text);
  const colons = /^[A-Za-z_./~$][^\s#,[\]{}"'&*!|>%@`]*[^\s#:,[\]{}"'&*!|>%@`]$/.test(text);
  return (safe || colons) && !word && !/^\.[\d.]/.test(text) ? text : JSON.stringify(text);
}

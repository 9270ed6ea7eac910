import { type Path, PatternTable } from '../values/path.ts';
import { keyText, stringOf, valueIn } from '../syntax/edit.ts';
import { unmoved } from '../syntax/facts.ts';
import { Finder, type Match } from '../syntax/matches.ts';
import { shiftSpan } from '../syntax/shift.ts';
import type { MapEntry, MapNode, Node, ScalarNode } from '../syntax/node.ts';
import type { Span } from '../problem/span.ts';

/** What has a name in a Compose project. */
export type SymbolKind = 'service' | 'network' | 'volume' | 'secret' | 'config' | 'model' | 'profile';

/** One place where a name is written. */
export interface SymbolUse {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly role: 'declaration' | 'reference';
  /** The name alone, without quotes and without what stands around it in a short form. */
  readonly span: Span;
  readonly path: Path;
  /** The value of a declaration. */
  readonly value?: Node;
  /** The file that has the declaration, as written, when it is another one (`extends.file`). */
  readonly file?: string;
}

/** The top-level section that declares a kind. */
export const sectionOf: Readonly<Record<Exclude<SymbolKind, 'profile'>, string>> = {
  service: 'services',
  network: 'networks',
  volume: 'volumes',
  secret: 'secrets',
  config: 'configs',
  model: 'models',
};

/** Every name that a document declares or refers to, in the order of the text; names brought in by an alias once, where they are written. */
export function symbolsOf(root: Node): readonly SymbolUse[] {
  const uses = finder.in(root);
  if (!isInOrder(uses)) uses.sort((a, b) => a.span.start - b.span.start);
  return uses.filter((use, i) => !isRepeated(uses, use, i));
}

/** What aliases share is met at each use. */
function isRepeated(uses: readonly SymbolUse[], { kind, span }: SymbolUse, index: number): boolean {
  for (let i = index - 1; uses[i]?.span.start === span.start; i -= 1) if (uses[i]?.kind === kind) return true;
  return false;
}

function isInOrder(uses: readonly SymbolUse[]): boolean {
  return uses.every((use, i) => i === 0 || (uses[i - 1]?.span.start ?? 0) <= use.span.start);
}

function usesAt({ rule, node, path, parent }: Match<Rule>): readonly SymbolUse[] {
  if (rule.keys !== undefined && node.kind === 'map') return keysOf(node, path, rule.keys);
  if (rule.scalar === undefined || node.kind !== 'scalar') return [];
  const use = nameIn(node, path, rule.scalar, parent);
  return use === undefined ? [] : [use];
}

/** The networks, volumes, secrets, configs and models that a document declares. */
export function resourcesOf(root: Node): readonly SymbolUse[] {
  return resourceFinder.in(root);
}

/** The files whose services a document extends, as written. */
export function extendedFilesOf(root: Node): readonly string[] {
  return extendedFileFinder.in(root);
}

/** Only sections declare what has a value, and they are always looked at anew. */
function movedUse(use: SymbolUse, by: number): SymbolUse {
  return { ...use, span: shiftSpan(use.span, by) };
}

/** How names are written at a place. */
interface Rule {
  /** The keys at this place are names. */
  readonly keys?: { readonly kind: SymbolKind; readonly role: SymbolUse['role'] };
  /** The scalar at this place is, or contains, a name. */
  readonly scalar?: {
    readonly kind: SymbolKind;
    readonly role?: SymbolUse['role'];
    /** The name within the scalar's text, or nothing. */
    readonly find?: (text: string, parent: Node | undefined) => { start: number; name: string } | undefined;
    readonly inFile?: true;
  };
}

const reference = (kind: SymbolKind): Rule => ({ scalar: { kind } });
const listOrMap = (path: string, kind: SymbolKind): [string, Rule][] => [
  [path, { keys: { kind, role: 'reference' } }],
  [`${path}[]`, reference(kind)],
];
const namespace: Rule = { scalar: { kind: 'service', find: (text) => after(text, 'service:') } };

const declarations = Object.entries(sectionOf).map(([kind, section]): [string, Rule] => [
  section,
  { keys: { kind: kind as SymbolKind, role: 'declaration' } },
]);
const extended: [string, Rule] = [
  'services.*.extends.service',
  { scalar: { kind: 'service', inFile: true } },
];

const rules = new PatternTable<Rule>([
  ...declarations,
  ...listOrMap('services.*.depends_on', 'service'),
  ...listOrMap('services.*.networks', 'network'),
  ...listOrMap('services.*.models', 'model'),
  ['services.*.links[]', { scalar: { kind: 'service', find: (text) => before(text, ':') } }],
  [
    'services.*.volumes_from[]',
    {
      scalar: {
        kind: 'service',
        find: (text) => (text.startsWith('container:') ? undefined : before(text, ':')),
      },
    },
  ],
  ['services.*.network_mode', namespace],
  ['services.*.ipc', namespace],
  ['services.*.pid', namespace],
  ['services.*.uts', namespace],
  ['services.*.cgroup', namespace],
  ['services.*.extends', reference('service')],
  extended,
  ['services.*.build.additional_contexts.*', namespace],
  [
    'services.*.build.additional_contexts[]',
    { scalar: { kind: 'service', find: (text) => after(text, '=service:') } },
  ],
  ['services.*.volumes[]', { scalar: { kind: 'volume', find: namedVolume } }],
  [
    'services.*.volumes[].source',
    {
      scalar: {
        kind: 'volume',
        find: (text, parent) => {
          const type = stringOf(valueIn(parent, 'type'));
          if (type === 'volume') return whole(text);
          // The type may not be written yet: what looks like a name then is one.
          return type === undefined && /^[\w-][\w.-]*$/.test(text) ? whole(text) : undefined;
        },
      },
    },
  ],
  ['services.*.secrets[]', reference('secret')],
  ['services.*.secrets[].source', reference('secret')],
  ['services.*.build.secrets[]', reference('secret')],
  ['services.*.build.secrets[].source', reference('secret')],
  ['services.*.configs[]', reference('config')],
  ['services.*.configs[].source', reference('config')],
  ['services.*.credential_spec.config', reference('config')],
  ['services.*.profiles[]', { scalar: { kind: 'profile', role: 'declaration' } }],
]);

const finder = new Finder(rules, usesAt, movedUse);
const resourceFinder = new Finder(
  new PatternTable(declarations.filter(([section]) => section !== sectionOf.service)),
  usesAt,
  movedUse,
);
const extendedFileFinder = new Finder(
  new PatternTable([extended]),
  (match) => usesAt(match).flatMap(({ file }) => file ?? []),
  unmoved,
);

/** The name in front of a short volume that is not a path: `data:/var/lib`. */
function namedVolume(text: string): { start: number; name: string } | undefined {
  const found = /^([^:/.~\\$][^:/\\$]*):/.exec(text);
  // A single letter before the colon is a Windows drive.
  if (found?.[1] === undefined || /^[A-Za-z]$/.test(found[1])) return undefined;
  return { start: 0, name: found[1] };
}

function before(text: string, separator: string): { start: number; name: string } {
  const at = text.indexOf(separator);
  return { start: 0, name: at === -1 ? text : text.slice(0, at) };
}

function after(text: string, marker: string): { start: number; name: string } | undefined {
  const at = text.indexOf(marker);
  if (at === -1 || (at > 0 && !marker.startsWith('='))) return undefined;
  return { start: at + marker.length, name: text.slice(at + marker.length) };
}

function whole(text: string): { start: number; name: string } {
  return { start: 0, name: text };
}

class Declaration implements SymbolUse {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly role = 'declaration';
  readonly span: Span;
  readonly path: Path;
  readonly #entry: MapEntry;

  constructor({ kind, name, span, path }: Omit<SymbolUse, 'role' | 'value'>, entry: MapEntry) {
    this.kind = kind;
    this.name = name;
    this.span = span;
    this.path = path;
    this.#entry = entry;
  }

  /** Not looked into before somebody asks: it may not have been moved yet. */
  get value(): Node {
    return this.#entry.value;
  }
}

function keysOf(map: MapNode, path: Path, keys: NonNullable<Rule['keys']>): SymbolUse[] {
  const uses: SymbolUse[] = [];
  for (const entry of map.entries) {
    const name = keyText(entry);
    if (name === '<<' || name === '') continue;
    const { kind, role } = keys;
    const named = { kind, role, name, span: innerSpan(entry.key), path: [...path, name] };
    uses.push(role === 'reference' ? named : new Declaration(named, entry));
  }
  return uses;
}

function nameIn(
  node: ScalarNode,
  path: Path,
  rule: NonNullable<Rule['scalar']>,
  parent: Node | undefined,
): SymbolUse | undefined {
  if (node.value === null) return undefined;
  const text = stringOf(node) ?? node.source;
  const found = (rule.find ?? whole)(text, parent);
  if (found === undefined || found.name === '' || found.name.includes('$')) return undefined;
  const inner = innerSpan(node);
  // An escape in the text moves what follows it: then the whole scalar stands for the name.
  const exact = inner.end - inner.start === text.length;
  const start = inner.start + found.start;
  const file = rule.inFile === true ? stringOf(valueIn(parent, 'file')) : undefined;
  return {
    kind: rule.kind,
    role: rule.role ?? 'reference',
    name: found.name,
    span: exact ? { uri: inner.uri, start, end: start + found.name.length } : inner,
    path,
    ...(file === undefined ? {} : { file }),
  };
}

/** The text of a scalar without its quotes. */
export function innerSpan(node: ScalarNode): Span {
  const quoted = node.style === 'single' || node.style === 'double';
  return quoted ? { ...node.span, start: node.span.start + 1, end: node.span.end - 1 } : node.span;
}

import { formatPath, type Path } from '../../values/path.ts';
import type { Problem } from '../../problem/problem.ts';
import { entryOf, keyText, stringOf, valueIn } from '../../syntax/edit.ts';
import type { MapEntry, MapNode, Node, ScalarNode } from '../../syntax/node.ts';
import type { Span } from '../../problem/span.ts';
import type { Plain } from '../../syntax/to-plain.ts';
import { type DclintConfig, stringsIn } from './config.ts';
import { alphabetical, serviceKeyOrder, topLevelOrder } from './order.ts';
import { phrase, type Phrase } from '../../problem/phrase.ts';
import { splitReference } from '../../values/image-reference.ts';

/** The rules of dclint 3 that no other rule here stands for, with the severities it gives them. */
const rules: readonly DclintRule[] = [
  ofService('no-build-and-image', 'error', ({ name, service, options, report }) => {
    const image = entryOf(service, 'image');
    if (image === undefined || valueIn(service, 'build') === undefined) return;
    if (options.checkPullPolicy !== false && valueIn(service, 'pull_policy') !== undefined) return;
    report(image.key.span, phrase('no-build-and-image', { name }));
  }),
  ofService('no-quotes-in-volumes', 'warning', ({ service, report }) => {
    for (const item of itemsOf(valueIn(service, 'volumes'))) {
      if (item.kind !== 'scalar' || !isQuoted(item) || !/^[\w./~][\w./~:@-]*$/.test(item.source)) continue;
      report(item.span, phrase('no-quotes-in-volumes'), { replacement: item.source });
    }
  }),
  {
    name: 'require-project-name-field',
    severity: 'warning',
    check({ root, report }) {
      const first = root.entries[0];
      if (first === undefined || entryOf(root, 'name') !== undefined) return;
      report(first.key.span, phrase('require-project-name-field'));
    },
  },
  ofService('require-quotes-in-ports', 'warning', ({ service, options, report }) => {
    const quote = options.quoteType === 'double' ? '"' : "'";
    for (const key of ['ports', 'expose']) {
      for (const item of itemsOf(valueIn(service, key))) {
        if (item.kind !== 'scalar' || item.style !== 'plain' || item.value === null) continue;
        // Of these a rule speaks that is always there.
        if (/^\d{1,2}:\d{1,2}$/.test(item.source)) continue;
        report(item.span, phrase('require-quotes-in-ports'), {
          replacement: `${quote}${item.source}${quote}`,
        });
      }
    }
  }),
  ofService('service-container-name-regex', 'error', ({ service, report }) => {
    const name = valueIn(service, 'container_name');
    const text = stringOf(name);
    if (name === undefined || text === undefined || text.includes('$')) return;
    if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(text)) return;
    report(name.span, phrase('service-container-name-regex', { text }));
  }),
  ofService('service-image-require-explicit-tag', 'error', ({ service, options, report }) => {
    const image = valueIn(service, 'image');
    const { tag, digest } = splitReference(stringOf(image) ?? '');
    if (image === undefined || tag === undefined || tag === 'latest' || digest !== undefined) return;
    const custom = stringsIn(options.prohibitedTags);
    if (!(custom.length > 0 ? custom : movingTags).includes(tag)) return;
    report(image.span, phrase('service-image-require-explicit-tag', { tag }));
  }),
  ofService('service-dependencies-alphabetical-order', 'warning', ({ service, path, report }) => {
    reportOrder(valueIn(service, 'depends_on'), [...path, 'depends_on'], alphabetical, report);
  }),
  ofService('service-ports-alphabetical-order', 'warning', ({ service, path, report }) => {
    reportOrder(valueIn(service, 'ports'), [...path, 'ports'], byNumber, report);
  }),
  ofService('service-keys-order', 'warning', ({ service, path, options, report }) => {
    reportOrder(service, path, (keys) => serviceKeyOrder(keys, options), report);
  }),
  {
    name: 'services-alphabetical-order',
    severity: 'warning',
    check({ root, report }) {
      reportOrder(valueIn(root, 'services'), ['services'], alphabetical, report);
    },
  },
  {
    name: 'top-level-properties-order',
    severity: 'warning',
    check({ root, options, report }) {
      reportOrder(root, [], (keys) => topLevelOrder(keys, options), report);
    },
  },
];

export const dclintCodes: readonly string[] = rules.map(({ name }) => name);

/** dclint's rules that others here stand for. */
const sameAs: Readonly<Record<string, readonly string[]>> = {
  'no-version-field': ['obsolete-version'],
  'service-image-require-explicit-tag': ['untagged-image'],
  'no-unbound-port-interfaces': ['port-on-all-interfaces'],
  'no-duplicate-container-names': ['duplicate-container-name'],
  'no-duplicate-exported-ports': ['duplicate-port'],
  'require-quotes-in-ports': ['unquoted-port'],
};

/** The codes that a rule of dclint goes by here. */
export function codesOfDclintRule(name: string): readonly string[] {
  return [...(sameAs[name] ?? []), ...(dclintCodes.includes(name) ? [name] : [])];
}

/** How bad a configuration says the problems of other rules here are, by code. */
export function dclintSeverities({
  rules: settings,
}: DclintConfig): ReadonlyMap<string, 'off' | 'warning' | 'error'> {
  const found = new Map<string, 'off' | 'warning' | 'error'>();
  for (const [name, { level }] of settings) {
    if (level !== 'off' && level !== 'warning' && level !== 'error') continue;
    for (const code of sameAs[name] ?? []) found.set(code, level);
  }
  return found;
}

/** What dclint's own rules have to say about a document. */
export function dclint(root: Node, { rules: settings, quiet }: DclintConfig): readonly Problem[] {
  if (root.kind !== 'map') return [];
  const problems: Problem[] = [];
  for (const { name, severity, check } of rules) {
    const { level = severity, options = {} } = settings.get(name) ?? {};
    if (level === 'off' || (quiet && level !== 'error')) continue;
    check({
      root,
      options,
      report: (span, message, data) =>
        problems.push({
          code: name,
          severity: level,
          span,
          message,
          ...(data === undefined ? {} : { data }),
        }),
    });
  }
  return problems;
}

type Report = (span: Span, message: Phrase, data?: Readonly<Record<string, unknown>>) => void;

interface DclintRule {
  readonly name: string;
  readonly severity: 'warning' | 'error';
  readonly check: (target: {
    readonly root: MapNode;
    readonly options: Readonly<Record<string, Plain>>;
    readonly report: Report;
  }) => void;
}

interface ServiceTarget {
  readonly name: string;
  readonly service: MapNode;
  readonly path: Path;
  readonly options: Readonly<Record<string, Plain>>;
  readonly report: Report;
}

function ofService(
  name: string,
  severity: DclintRule['severity'],
  check: (target: ServiceTarget) => void,
): DclintRule {
  return {
    name,
    severity,
    check({ root, options, report }) {
      for (const entry of servicesIn(root)) {
        if (entry.value.kind !== 'map') continue;
        const service = keyText(entry);
        check({ name: service, service: entry.value, path: ['services', service], options, report });
      }
    },
  };
}

const movingTags = ['latest', 'stable', 'edge', 'test', 'nightly', 'dev', 'beta', 'canary', 'lts'];

function servicesIn(root: MapNode): readonly MapEntry[] {
  const services = valueIn(root, 'services');
  return services?.kind === 'map' ? services.entries : [];
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'seq' ? node.items : [];
}

function isQuoted({ style }: ScalarNode): boolean {
  return style === 'single' || style === 'double';
}

/** One problem for a collection, at the first thing that stands too late. */
function reportOrder(
  node: Node | undefined,
  path: Path,
  order: (names: readonly string[]) => readonly string[],
  report: Report,
): void {
  const named = namesOf(node);
  if (named === undefined || new Set(named.map(({ name }) => name)).size !== named.length) return;
  const wanted = order(named.map(({ name }) => name));
  const at = wanted.findIndex((name, i) => name !== named[i]?.name);
  const misplaced = named.find(({ name }) => name === wanted[at]);
  const before = named[at]?.name;
  if (misplaced === undefined || before === undefined) return;
  report(misplaced.span, phrase('order', { name: misplaced.name, before }), {
    order: wanted,
    of: formatPath(path),
  });
}

function namesOf(node: Node | undefined): readonly { name: string; span: Span }[] | undefined {
  if (node?.kind === 'map')
    return node.entries.map((entry) => ({ name: keyText(entry), span: entry.key.span }));
  if (node?.kind !== 'seq') return undefined;
  const names = node.items.flatMap((item) =>
    item.kind === 'scalar' ? [{ name: item.source, span: item.span }] : [],
  );
  return names.length === node.items.length ? names : undefined;
}

/** By the port of the machine, as dclint counts. */
function byNumber(ports: readonly string[]): readonly string[] {
  return [...ports].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

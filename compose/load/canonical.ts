import type { CanonicalContext } from './canonical-context.ts';
import { PatternTable } from '../values/path.ts';
import { impliedAt, mapAt, mapOf, scalarOf, seqOf } from '../syntax/build.ts';
import {
  entryOf,
  isNull,
  keyText,
  mapItems,
  mapValues,
  stringOf,
  textAt,
  valueIn,
  withoutKey,
  withValue,
} from '../syntax/edit.ts';
import { goFormat } from '../syntax/go-format.ts';
import type { MapEntry, Node } from '../syntax/node.ts';
import { canonicalDevice, canonicalMount, canonicalPorts } from './canonical-short.ts';
import { asMapping } from './merge-rules.ts';
import { type Report, reportAt } from '../syntax/report.ts';
import { type Rewrite, type RewriteContext, rewrite } from './rewrite.ts';
import { phrase, type Phrase } from '../problem/phrase.ts';

/** A model with every short form written out (specification: "Short syntax", "Long syntax" of each attribute). */
export function canonicalModel(model: Node, report: Report, lenient = false): Node {
  return rewrite(model, rules, { report, lenient });
}

type Rule = Rewrite<CanonicalContext>;
type Context = RewriteContext & CanonicalContext;

const rules = new PatternTable<Rule>([
  ['services.*', (node, { children }) => children(node)],
  ['services.*.build', canonicalBuild],
  ['services.*.build.additional_contexts', canonicalContexts],
  ['services.*.build.provenance', canonicalText],
  ['services.*.build.sbom', canonicalText],
  ['services.*.build.secrets[]', canonicalFileReference],
  ['services.*.build.ssh', canonicalSsh],
  ['services.*.build.ulimits.*', canonicalUlimit],
  ['services.*.configs[]', canonicalFileReference],
  ['services.*.depends_on', canonicalDependencies],
  ['services.*.develop.watch[].ignore', canonicalList],
  ['services.*.develop.watch[].include', canonicalList],
  ['services.*.devices[]', canonicalDevice],
  ['services.*.dns', canonicalList],
  ['services.*.env_file', canonicalEnvFiles],
  ['services.*.extends', canonicalExtends],
  ['services.*.gpus', canonicalGpus],
  ['services.*.label_file', canonicalList],
  ['services.*.models', canonicalNames],
  ['services.*.networks', canonicalNames],
  ['services.*.ports', canonicalPorts],
  ['services.*.secrets[]', canonicalFileReference],
  ['services.*.ulimits.*', canonicalUlimit],
  ['services.*.volumes[]', canonicalMount],
  ['configs.*', canonicalExternal],
  ['networks.*', canonicalExternal],
  ['secrets.*', canonicalExternal],
  ['volumes.*', canonicalExternal],
  ['include[]', canonicalInclude],
]);

export function wrongType(node: Node, context: Context, expected: Phrase): Node {
  reportAt(context.report, 'invalid-type', node, context.path, phrase('invalid-type', { expected }));
  return node;
}

function canonicalBuild(node: Node, context: Context): Node {
  if (node.kind === 'map') return context.children(node);
  if (stringOf(node) !== undefined) return mapAt(node, { context: node });
  return wrongType(node, context, phrase('expected.path-or-mapping'));
}

function canonicalContexts(node: Node, context: Context): Node {
  if (node.kind === 'map') return node;
  if (node.kind !== 'seq') return wrongType(node, context, phrase('expected.mapping-or-names'));
  const entries: MapEntry[] = [];
  for (const item of node.items) {
    const text = stringOf(item) ?? '';
    const equals = text.indexOf('=');
    if (equals === -1) {
      if (context.lenient) return node;
      reportAt(
        context.report,
        'invalid-value',
        item,
        context.path,
        phrase('invalid-value.assignment', { text }),
      );
      continue;
    }
    setEntry(entries, item, text.slice(0, equals), textAt(item, text.slice(equals + 1)));
  }
  return mapOf(node, entries);
}

function canonicalText(node: Node): Node {
  if (node.kind !== 'scalar' || typeof node.value === 'string') return node;
  return textAt(node, node.value === null ? '<nil>' : goFormat(node));
}

function canonicalFileReference(node: Node, context: Context): Node {
  if (node.kind === 'map') return node;
  if (stringOf(node) !== undefined) return mapAt(node, { source: node });
  return wrongType(node, context, phrase('expected.name-or-mapping'));
}

function canonicalSsh(node: Node, context: Context): Node {
  if (node.kind === 'map') return node;
  if (node.kind !== 'seq') return wrongType(node, context, phrase('expected.mapping-or-ids'));
  const entries: MapEntry[] = [];
  for (const item of node.items) {
    const text = stringOf(item) ?? '';
    const equals = text.indexOf('=');
    if (equals === -1 && text !== 'default') {
      const message = phrase('invalid-ssh-key', { text });
      reportAt(context.report, 'invalid-ssh-key', item, context.path, message);
      continue;
    }
    if (equals === -1) setEntry(entries, item, text, scalarOf(null, item.span));
    else setEntry(entries, item, text.slice(0, equals), textAt(item, text.slice(equals + 1)));
  }
  return mapOf(node, entries);
}

function canonicalUlimit(node: Node, context: Context): Node {
  if (node.kind === 'map' || (node.kind === 'scalar' && node.type === 'int')) return node;
  return wrongType(node, context, phrase('expected.limit'));
}

function canonicalDependencies(node: Node, context: Context): Node {
  if (node.kind === 'seq') return asMapping(node, (item) => withDependencyDefaults(mapOf(item, [])));
  if (node.kind !== 'map') return wrongType(node, context, phrase('expected.dependencies'));
  return mapValues(node, (value, key) => {
    if (value.kind === 'map') return withDependencyDefaults(value);
    return wrongType(value, { ...context, path: [...context.path, key] }, phrase('expected.condition'));
  });
}

function withDependencyDefaults(node: Node): Node {
  if (node.kind !== 'map') return node;
  let result = node;
  if (entryOf(result, 'condition') === undefined) {
    result = withValue(result, 'condition', impliedAt(node, 'service_started'));
  }
  if (entryOf(result, 'required') === undefined)
    result = withValue(result, 'required', impliedAt(node, true));
  return result;
}

function canonicalList(node: Node): Node {
  return stringOf(node) === undefined ? node : seqOf(node, [node]);
}

function canonicalEnvFiles(node: Node, context: Context): Node {
  if (stringOf(node) !== undefined) return seqOf(node, [envFile(node)]);
  if (node.kind === 'seq') return mapItems(node, envFile);
  return wrongType(node, context, phrase('expected.paths'));
}

function envFile(node: Node): Node {
  if (stringOf(node) !== undefined) return mapAt(node, { path: node, required: true });
  if (node.kind !== 'map' || entryOf(node, 'required') !== undefined) return node;
  return withValue(node, 'required', impliedAt(node, true));
}

function canonicalExtends(node: Node, context: Context): Node {
  if (node.kind === 'map') return node;
  if (stringOf(node) !== undefined) return mapAt(node, { service: node });
  return wrongType(node, context, phrase('expected.service-or-mapping'));
}

function canonicalGpus(node: Node, context: Context): Node {
  if (node.kind === 'seq') return node;
  if (stringOf(node) !== undefined) return seqOf(node, [mapAt(node, { count: 'all' })]);
  return wrongType(node, context, phrase('expected.all-or-devices'));
}

function canonicalNames(node: Node): Node {
  return node.kind === 'seq' ? asMapping(node, (item) => scalarOf(null, item.span)) : node;
}

function canonicalInclude(node: Node, context: Context): Node {
  if (node.kind === 'map') return node;
  if (stringOf(node) !== undefined) return mapAt(node, { path: node });
  return wrongType(node, context, phrase('expected.path-or-mapping'));
}

/** The deprecated `external: { name: x }`. */
function canonicalExternal(node: Node, context: Context): Node {
  if (isNull(node)) return node;
  if (node.kind !== 'map') return wrongType(node, context, phrase('type.mapping'));
  const external = valueIn(node, 'external');
  if (external?.kind !== 'map') return node;
  const result = withValue(node, 'external', scalarOf(true, external.span, external.origins));
  const externalName = valueIn(external, 'name');
  if (externalName === undefined) return result;
  reportAt(
    context.report,
    'external-name-deprecated',
    externalName,
    [...context.path, 'external', 'name'],
    phrase('external-name-deprecated'),
    { tags: ['deprecated'] },
  );
  const name = valueIn(node, 'name');
  if (name === undefined) return withValue(result, 'name', externalName);
  if (stringOf(name) !== stringOf(externalName)) {
    reportAt(
      context.report,
      'external-name-conflict',
      externalName,
      [...context.path, 'external', 'name'],
      phrase('external-name-conflict'),
      { related: [{ span: name.span, message: phrase('external-name-conflict.other') }] },
    );
  }
  return result;
}

/** An entry of a mapping made from a list item; a later one replaces an earlier one of the same key. */
function setEntry(entries: MapEntry[], item: Node, key: string, value: Node): void {
  const index = entries.findIndex((entry) => keyText(entry) === key);
  const entry = { key: scalarOf(key, item.span), value: { ...value, keySpan: item.span } };
  if (index === -1) entries.push(entry);
  else entries[index] = entry;
}

/** Attributes that mean nothing when empty are dropped, and so are their empty elements. */
export function omitEmpty(model: Node): Node {
  return rewrite(model, new PatternTable<Rewrite<object>>([['services.*.dns', dropEmptyItems]]), {});
}

function dropEmptyItems(node: Node): Node {
  if (node.kind === 'seq') return mapItems(node, (item) => (isEmpty(item) ? undefined : item));
  if (node.kind !== 'map') return node;
  return node.entries.reduce(
    (map, entry) => (isEmpty(entry.value) ? withoutKey(map, keyText(entry)) : map),
    node,
  );
}

function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && (node.value === null || node.value === '');
}

import { mapAt, mapOf, scalarOf, seqOf } from '../syntax/build.ts';
import { stringOf, textAt } from '../syntax/edit.ts';
import { goFormat } from '../syntax/go-format.ts';
import type { MapEntry, Node } from '../syntax/node.ts';
import { spanInScalar } from '../syntax/scalar-map.ts';
import type { Span } from '../problem/span.ts';
import type { ValueError } from '../values/parsed.ts';
import { parsePorts } from '../values/port.ts';
import { parseVolume } from '../values/volume.ts';
import type { CanonicalContext } from './canonical-context.ts';
import { reportAt } from '../syntax/report.ts';
import type { RewriteContext } from './rewrite.ts';
import { cleanPosix } from './system-path.ts';
import { phrase } from '../problem/phrase.ts';

type Context = RewriteContext & CanonicalContext;

/** `host:container` texts and port numbers as mappings; a range becomes several. A short form that cannot be read is reported and left out. */
export function canonicalPorts(node: Node, context: Context): Node {
  if (node.kind !== 'seq') {
    reportAt(context.report, 'invalid-type', node, context.path, phrase('invalid-type.ports'));
    return node;
  }
  const items: Node[] = [];
  for (const [index, item] of node.items.entries()) {
    if (item.broken || item.kind === 'map') {
      items.push(item);
      continue;
    }
    const at = [...context.path, index];
    if (item.kind !== 'scalar' || (item.type !== 'string' && item.type !== 'int')) {
      reportAt(context.report, 'invalid-type', item, at, phrase('invalid-type.port'));
      continue;
    }
    const parsed = parsePorts(goFormat(item));
    if (parsed.kind === 'ports') {
      if (parsed.ports.some(({ target }) => target === 0)) {
        reportAt(context.report, 'invalid-port', item, at, phrase('invalid-port.zero'));
      } else items.push(...parsed.ports.map((port) => structAt(item, port)));
    } else if (context.lenient) return node;
    else reportAt(context.report, 'invalid-port', placeOf(parsed, item), at, parsed.message);
  }
  return seqOf(node, items);
}

/** `source:target:options` as a mapping. */
export function canonicalMount(node: Node, context: Context): Node {
  if (node.kind === 'map') return node;
  const text = stringOf(node);
  if (text === undefined) {
    reportAt(context.report, 'invalid-type', node, context.path, phrase('invalid-type.source-target'));
    return node;
  }
  const parsed = parseVolume(text);
  if (parsed.kind === 'volume') {
    const { target } = parsed.volume;
    return structAt(node, { ...parsed.volume, target: target === '' ? '' : cleanPosix(target) });
  }
  if (context.lenient) return node;
  reportAt(context.report, 'invalid-volume', placeOf(parsed, node), context.path, parsed.message);
  return { ...node, broken: true };
}

/** `source:target:permissions` as a mapping. */
export function canonicalDevice(node: Node, context: Context): Node {
  if (node.kind === 'map') return node;
  const text = stringOf(node);
  if (text === undefined) {
    reportAt(context.report, 'invalid-type', node, context.path, phrase('invalid-type.source-target'));
    return node;
  }
  const [source = '', target = '', permissions = 'rwm', ...more] = text.split(':');
  if (more.length > 0) {
    if (context.lenient) return mapAt(node, { source: '', target: '', permissions: 'rwm' });
    const message = phrase('invalid-device', { text });
    reportAt(context.report, 'invalid-device', node, context.path, message);
    return node;
  }
  return mapAt(node, {
    source: textAt(node, source),
    target: textAt(node, target === '' ? source : target),
    permissions,
  });
}

/** The part of a text that is wrong, unless it is not as written: then the whole. */
function placeOf({ start, end }: ValueError, node: Node): Span {
  if (node.kind !== 'scalar' || node.source !== node.value) return node.span;
  return spanInScalar(node, start, end);
}

/** A mapping for parsed values, all standing where the text stands. What is not set is left out. */
function structAt(at: Node, values: object): Node {
  const entries: MapEntry[] = [];
  for (const [key, value] of Object.entries(values) as [string, unknown][]) {
    if (value === undefined) continue;
    entries.push({ key: scalarOf(key, at.span), value: valueAt(at, value) });
  }
  return mapOf(at, entries);
}

function valueAt(at: Node, value: unknown): Node {
  if (typeof value === 'object' && value !== null) return structAt(at, value);
  if (typeof value === 'number' || typeof value === 'boolean') return scalarOf(value, at.span, at.origins);
  return scalarOf(String(value), at.span, at.origins);
}

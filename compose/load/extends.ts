import { scalarOf } from '../syntax/build.ts';
import { entryOf, mapValues, stringOf, valueIn, withoutKey, withValue } from '../syntax/edit.ts';
import type { MapNode, Node } from '../syntax/node.ts';
import { extendService } from './merge.ts';
import { type Report, reportAt } from '../syntax/report.ts';
import { applyResets, type Resets, resetsBelow } from './reset.ts';
import { chainOf, phrase } from '../problem/phrase.ts';

/** The services of one file while their `extends` are worked out. */
export interface ExtendsScope {
  /** For messages and to recognise circles: the file's path. */
  readonly file: string;
  /** Worked-out services replace the ones they came from. */
  readonly services: Map<string, Node>;
  readonly resets: Resets;
}

export interface ExtendsContext {
  readonly report: Report;
  /** The services of another file, their relative paths made relative to the project; `undefined` if that was reported. */
  readonly open: (file: string, at: Node) => Promise<ExtendsScope | undefined>;
}

/** A model whose services have taken over what they extend (specification: "extends"). */
export async function applyExtends(
  model: MapNode,
  file: string,
  resets: Resets,
  context: ExtendsContext,
): Promise<MapNode> {
  const declared = valueIn(model, 'services');
  if (declared?.kind !== 'map') return model;
  if (!declared.entries.some(({ value }) => entryOf(value, 'extends') !== undefined)) return model;
  const services = new Map(declared.entries.map((entry) => [String(entry.key.value), entry.value]));
  const scope: ExtendsScope = { file, services, resets };
  for (const name of [...services.keys()]) await extended(name, scope, context);
  return withValue(
    model,
    'services',
    mapValues(declared, (service, name) => services.get(name) ?? service),
  );
}

/** Docker Compose has no limit. A longer chain is an attack: each of its services may hold what all those below it hold. */
const mostSteps = 1_000;

interface Step {
  readonly file: string;
  readonly service: string;
}

/** A service on the way down, waiting for what it extends. */
interface Waiting {
  readonly name: string;
  readonly scope: ExtendsScope;
  readonly service: MapNode;
}

/** The way down to a service that extends nothing, or that is worked out already, and back up: a chain takes no more stack than one service does. */
async function extended(first: string, from: ExtendsScope, context: ExtendsContext): Promise<void> {
  const trail: Waiting[] = [];
  let place: { readonly name: string; readonly scope: ExtendsScope } = { name: first, scope: from };
  let base: Node | undefined;
  for (;;) {
    const { name, scope } = place;
    const service = scope.services.get(name);
    const extension = service === undefined ? undefined : entryOf(service, 'extends')?.value;
    if (service?.kind !== 'map' || extension === undefined) {
      base = service;
      break;
    }
    const waiting = { name, scope, service };
    const next = await baseOf(waiting, extension, trail, context);
    if ('kind' in next) {
      base = next;
      scope.services.set(name, next);
      break;
    }
    trail.push(waiting);
    place = next;
  }
  for (const waiting of trail.reverse()) base = merged(waiting, base, context.report);
}

/** Where a service's base is; if there is none, that was reported, and it is the service without it. */
async function baseOf(
  { name, scope, service }: Waiting,
  extension: Node,
  trail: readonly Waiting[],
  context: ExtendsContext,
): Promise<{ readonly name: string; readonly scope: ExtendsScope } | MapNode> {
  const path = ['services', name, 'extends'];
  const plain = withoutKey(service, 'extends');
  const reference = readReference(extension);
  if (reference === undefined) {
    reportAt(context.report, 'extends-invalid', extension, path, phrase('extends-invalid'));
    return plain;
  }
  if (trail.some((earlier) => earlier.scope.file === scope.file && earlier.name === name)) {
    const steps = [...trail, { name, scope }].map((each) => ({ file: each.scope.file, service: each.name }));
    reportCycle(steps, extension, path, context.report);
    return withoutBase(plain, extension);
  }
  if (trail.length >= mostSteps) {
    const message = phrase('extends-too-deep', { most: mostSteps });
    reportAt(context.report, 'extends-too-deep', extension, path, message);
    return withoutBase(plain, extension);
  }
  const target =
    reference.file === undefined ? scope : await context.open(reference.file.text, reference.file.node);
  if (target === undefined) return withoutBase(plain, extension);
  if (target.services.has(reference.service)) return { name: reference.service, scope: target };
  const { service: missing, file } = reference;
  const message =
    file === undefined
      ? phrase('extends-not-found', { name: missing })
      : phrase('extends-not-found.in-file', { name: missing, file: file.text });
  reportAt(context.report, 'extends-not-found', reference.node, path, message);
  return withoutBase(plain, extension);
}

/** A service with what it extends, kept in its scope. */
function merged({ name, scope, service }: Waiting, base: Node | undefined, report: Report): Node {
  // An empty base leaves the reference in place, as Docker Compose does.
  if (base?.kind !== 'map') return service;
  const kept = applyResets(base, resetsBelow(scope.resets, ['services', name]));
  const node = extendService(kept, service, report, name);
  const result = node.kind === 'map' ? withoutKey(node, 'extends') : node;
  scope.services.set(name, result);
  return result;
}

/** Nobody knows what image a base that was not found would have brought: that there is none is not a mistake of its own. */
function withoutBase(service: MapNode, extension: Node): MapNode {
  if (entryOf(service, 'image') !== undefined || entryOf(service, 'build') !== undefined) return service;
  return withValue(service, 'image', { ...scalarOf(null, extension.span), broken: true });
}

function readReference(extension: Node):
  | {
      readonly service: string;
      readonly node: Node;
      readonly file?: { readonly text: string; readonly node: Node };
    }
  | undefined {
  const name = stringOf(extension);
  if (name !== undefined) return { service: name, node: extension };
  const service = valueIn(extension, 'service');
  const text = stringOf(service);
  if (service === undefined || text === undefined) return undefined;
  const file = valueIn(extension, 'file');
  const fileText = stringOf(file);
  if (file === undefined || fileText === undefined) return { service: text, node: service };
  return { service: text, node: service, file: { text: fileText, node: file } };
}

function reportCycle(trail: readonly Step[], at: Node, path: (string | number)[], report: Report): void {
  const last = trail.at(-1);
  const start = trail.findIndex((step) => step.file === last?.file && step.service === last?.service);
  const steps = trail.slice(start).map((step) => phrase('extends-cycle.step', { ...step }));
  reportAt(report, 'extends-cycle', at, path, phrase('extends-cycle', { circle: chainOf(steps) }));
}

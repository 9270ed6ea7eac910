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
  for (const name of [...services.keys()]) await extended(name, scope, [], context);
  return withValue(
    model,
    'services',
    mapValues(declared, (service, name) => services.get(name) ?? service),
  );
}

/** A longer chain is a mistake, or an attack. */
const mostSteps = 200;

interface Step {
  readonly file: string;
  readonly service: string;
}

async function extended(
  name: string,
  scope: ExtendsScope,
  trail: readonly Step[],
  context: ExtendsContext,
): Promise<Node | undefined> {
  const service = scope.services.get(name);
  if (service?.kind !== 'map') return service;
  const extension = entryOf(service, 'extends');
  if (extension === undefined) return service;
  const path = ['services', name, 'extends'];
  const plain = withoutKey(service, 'extends');
  const finish = (node: Node): Node => {
    scope.services.set(name, node);
    return node;
  };
  const reference = readReference(extension.value);
  if (reference === undefined) {
    const message = phrase('extends-invalid');
    reportAt(context.report, 'extends-invalid', extension.value, path, message);
    return finish(plain);
  }
  const step: Step = { file: scope.file, service: name };
  if (trail.some((earlier) => earlier.file === step.file && earlier.service === step.service)) {
    reportCycle([...trail, step], extension.value, path, context.report);
    return finish(withoutBase(plain, extension.value));
  }
  if (trail.length >= mostSteps) {
    const message = phrase('extends-too-deep', { most: mostSteps });
    reportAt(context.report, 'extends-too-deep', extension.value, path, message);
    return finish(plain);
  }
  const target =
    reference.file === undefined ? scope : await context.open(reference.file.text, reference.file.node);
  if (target === undefined) return finish(withoutBase(plain, extension.value));
  if (!target.services.has(reference.service)) {
    const { service: name, file } = reference;
    const message =
      file === undefined
        ? phrase('extends-not-found', { name })
        : phrase('extends-not-found.in-file', { name, file: file.text });
    reportAt(context.report, 'extends-not-found', reference.node, path, message);
    return finish(withoutBase(plain, extension.value));
  }
  const base = await extended(reference.service, target, [...trail, step], context);
  // An empty base leaves the reference in place, as Docker Compose does.
  if (base?.kind !== 'map') return service;
  const kept = applyResets(base, resetsBelow(scope.resets, ['services', name]));
  const merged = extendService(kept, service, context.report, name);
  return finish(merged.kind === 'map' ? withoutKey(merged, 'extends') : merged);
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

import { impliedAt, mapOf, scalarOf } from '../syntax/build.ts';
import {
  entryOf,
  isNull,
  mapItems,
  mapValues,
  stringOf,
  textAt,
  valueIn,
  withValue,
} from '../syntax/edit.ts';
import { goFormat } from '../syntax/go-format.ts';
import type { MapNode, Node } from '../syntax/node.ts';
import { cleanPosix } from './system-path.ts';

/** A variable's value; `undefined` if it is not set. */
export type Lookup = (name: string) => string | undefined;

/**
 * A canonical model with everything written out that follows from the rest: the default network and who joins it, dependencies implied by
 * links and shared namespaces, names of resources, values of variables that are only named.
 */
export function normalizeModel(model: MapNode, projectName: string, lookup: Lookup): MapNode {
  let result = withDefaultNetwork(model);
  const services = valueIn(result, 'services');
  if (services?.kind === 'map') {
    const normal = mapValues(services, (service) =>
      service.kind === 'map' ? normalizeService(service, lookup) : service,
    );
    result = withValue(result, 'services', normal);
  }
  for (const section of ['networks', 'volumes', 'configs', 'secrets']) {
    const resources = valueIn(result, section);
    if (resources?.kind !== 'map') continue;
    result = withValue(
      result,
      section,
      mapValues(resources, (value, key) => named(value, key, projectName)),
    );
  }
  return result;
}

function withDefaultNetwork(model: MapNode): MapNode {
  const services = valueIn(model, 'services');
  if (services?.kind !== 'map') return model;
  let used = false;
  const joined = mapValues(services, (service) => {
    if (service.kind !== 'map') return service;
    if (entryOf(service, 'provider') !== undefined || entryOf(service, 'network_mode') !== undefined)
      return service;
    const networks = valueIn(service, 'networks');
    if (networks !== undefined && networks.kind !== 'map') return service;
    if (networks !== undefined && networks.entries.length > 0) {
      used ||= entryOf(networks, 'default') !== undefined;
      return service;
    }
    used = true;
    const nothing = impliedAt(service, null);
    const membership = mapOf(networks ?? service, [
      { key: scalarOf('default', nothing.span), value: nothing },
    ]);
    return withValue(service, 'networks', { ...membership, implied: true });
  });
  const result = withValue(model, 'services', joined);
  if (!used) return result;
  const networks = valueIn(result, 'networks') ?? mapOf(result, []);
  if (networks.kind !== 'map' || entryOf(networks, 'default') !== undefined) return result;
  const declared = withValue(networks, 'default', impliedAt(networks, null));
  return withValue(result, 'networks', declared);
}

function normalizeService(service: MapNode, lookup: Lookup): MapNode {
  let result = service;
  const pullPolicy = valueIn(result, 'pull_policy');
  if (pullPolicy !== undefined && stringOf(pullPolicy) === 'if_not_present') {
    result = withValue(result, 'pull_policy', textAt(pullPolicy, 'missing'));
  }
  const build = valueIn(result, 'build');
  if (build?.kind === 'map') result = withValue(result, 'build', normalizeBuild(build, lookup));
  const environment = valueIn(result, 'environment');
  if (environment !== undefined)
    result = withValue(result, 'environment', withValues(environment, lookup, true));
  const volumes = valueIn(result, 'volumes');
  if (volumes?.kind === 'seq') result = withValue(result, 'volumes', mapItems(volumes, cleanTarget));
  result = withImpliedDependencies(result);
  return withHookImages(result);
}

function normalizeBuild(build: MapNode, lookup: Lookup): MapNode {
  let result = build;
  if (isMissing(result, 'context')) result = withValue(result, 'context', impliedAt(build, '.'));
  if (isMissing(result, 'dockerfile') && isMissing(result, 'dockerfile_inline')) {
    result = withValue(result, 'dockerfile', impliedAt(build, 'Dockerfile'));
  }
  const args = valueIn(result, 'args');
  return args === undefined ? result : withValue(result, 'args', withValues(args, lookup, false));
}

function isMissing(map: MapNode, key: string): boolean {
  const value = valueIn(map, key);
  return value === undefined || isNull(value);
}

/** Variables that are only named get their value; without one they stay if `keep`, else they go. */
export function withValues(node: Node, lookup: Lookup, keep: boolean): Node {
  if (node.kind === 'seq') {
    return mapItems(node, (item) => {
      const text = stringOf(item);
      if (text === undefined || text.includes('=')) return item;
      const value = lookup(text);
      if (value !== undefined) return textAt(item, `${text}=${value}`);
      return keep ? item : undefined;
    });
  }
  if (node.kind !== 'map') return node;
  return mapValues(node, (value, key) => {
    if (!isNull(value)) return value;
    const found = lookup(key);
    if (found !== undefined) return textAt(value, found);
    return keep ? value : undefined;
  });
}

function cleanTarget(mount: Node): Node {
  const target = valueIn(mount, 'target');
  const text = stringOf(target);
  if (mount.kind !== 'map' || target === undefined || text === undefined) return mount;
  const clean = cleanPosix(text);
  return clean === text ? mount : withValue(mount, 'target', textAt(target, clean));
}

function withImpliedDependencies(service: MapNode): MapNode {
  let dependencies = valueIn(service, 'depends_on');
  const add = (name: string, at: Node, restart: boolean) => {
    dependencies ??= mapOf(at, []);
    if (dependencies.kind !== 'map' || entryOf(dependencies, name) !== undefined) return;
    const value = mapOf(at, [
      { key: scalarOf('condition', at.span), value: impliedAt(at, 'service_started') },
      { key: scalarOf('restart', at.span), value: impliedAt(at, restart) },
      { key: scalarOf('required', at.span), value: impliedAt(at, true) },
    ]);
    dependencies = withValue(dependencies, name, { ...value, implied: true });
  };
  for (const link of itemsOf(service, 'links')) {
    const parts = textOf(link).split(':');
    add(parts.length === 2 ? (parts[0] ?? '') : textOf(link), link, true);
  }
  for (const namespace of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const value = valueIn(service, namespace);
    const text = stringOf(value);
    if (value !== undefined && text?.startsWith('service:')) add(text.slice('service:'.length), value, true);
  }
  for (const source of itemsOf(service, 'volumes_from')) {
    const text = textOf(source);
    if (!text.startsWith('container:')) add(text.split(':')[0] ?? '', source, false);
  }
  if (dependencies?.kind !== 'map' || dependencies.entries.length === 0) return service;
  return withValue(service, 'depends_on', dependencies);
}

function itemsOf(service: MapNode, key: string): readonly Node[] {
  const list = valueIn(service, key);
  return list?.kind === 'seq' ? list.items : [];
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? goFormat(node) : '';
}

/** A hook that runs before the service starts runs in the service's image unless it names its own. */
function withHookImages(service: MapNode): MapNode {
  const hooks = valueIn(service, 'pre_start');
  const image = stringOf(valueIn(service, 'image'));
  if (hooks?.kind !== 'seq' || image === undefined || image === '') return service;
  const complete = mapItems(hooks, (hook) =>
    hook.kind !== 'map' || entryOf(hook, 'image') !== undefined
      ? hook
      : withValue(hook, 'image', impliedAt(hook, image)),
  );
  return withValue(service, 'pre_start', complete);
}

/** A resource without a name is named by its key: within the project, unless it is external. */
function named(resource: Node, key: string, projectName: string): Node {
  const map = isNull(resource) ? { ...mapOf(resource, []), implied: resource.implied } : resource;
  if (map.kind !== 'map' || !isMissing(map, 'name')) return map;
  const external = valueIn(map, 'external');
  const isExternal = external?.kind === 'scalar' && (external.value === true || external.value === 'true');
  return withValue(map, 'name', impliedAt(map, isExternal ? key : `${projectName}_${key}`));
}

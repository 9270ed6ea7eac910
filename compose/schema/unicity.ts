import { type Path, type PatternCursor, PatternTable } from '../values/path.ts';
import { mapValues, overriding, stringOf, valueIn } from '../syntax/edit.ts';
import { goFormat } from '../syntax/go-format.ts';
import type { Node, SeqNode } from '../syntax/node.ts';
import { parseVolume } from '../values/volume.ts';
import { type Report, reportAt } from '../syntax/report.ts';
import { phrase, type Phrase } from '../problem/phrase.ts';

/**
 * Removes redefinitions: in lists whose elements have an identity (a variable's name, a mount's target, a port's address) a later
 * element replaces an earlier one, at the earlier one's place (specification: "Unique resources").
 */
export function enforceUnicity(model: Node, report: Report): Node {
  return walk(model, [], identities.root, report);
}

/** Whether two equal elements of the list at a path are one to Docker Compose, which forgets the earlier before it asks the schema. */
export function dropsDuplicates(path: Path): boolean {
  return identities.match(path) !== undefined;
}

/** The identity of an element; `undefined` if it has none, and `report` was told why if that is a mistake. */
type Identity = (element: Node, path: Path, report: Report) => string | undefined;

function walk(node: Node, path: Path, cursor: PatternCursor<Identity>, report: Report): Node {
  if (node.kind === 'map') {
    return mapValues(node, (value, key) => {
      if (value.kind === 'scalar') return value;
      const next = cursor.child(key);
      return next === undefined ? value : walk(value, [...path, key], next, report);
    });
  }
  if (node.kind === 'seq' && cursor.value !== undefined) return unique(node, path, cursor.value, report);
  return node;
}

function unique(list: SeqNode, path: Path, identity: Identity, report: Report): SeqNode {
  const places = new Map<string, number>();
  const items: Node[] = [];
  let changed = false;
  list.items.forEach((element, index) => {
    const key = element.broken ? undefined : identity(element, [...path, index], report);
    const place = key === undefined ? undefined : places.get(key);
    const earlier = place === undefined ? undefined : items[place];
    if (place !== undefined && earlier !== undefined) {
      items[place] = overriding(earlier, element);
      changed = true;
      return;
    }
    if (key !== undefined) places.set(key, items.length);
    items.push(element);
  });
  return changed ? { ...list, items } : list;
}

/** What stands before `=`. */
const byName: Identity = (element, path, report) => {
  const text = stringOf(element);
  if (text === undefined) {
    reportAt(report, 'list-entry-invalid', element, path, phrase('list-entry-invalid.name'));
    return undefined;
  }
  const equals = text.indexOf('=');
  return equals === -1 ? text : text.slice(0, equals);
};

const byMountTarget: Identity = (element, path, report) => {
  const short = stringOf(element);
  if (short !== undefined) {
    const parsed = parseVolume(short);
    // The canonical form reports what is wrong with it.
    return parsed.kind === 'volume' ? parsed.volume.target : undefined;
  }
  return targetOf(element, path, report, phrase('list-entry-invalid.mount'));
};

const byDeviceTarget: Identity = (element, path, report) => {
  const short = stringOf(element);
  if (short !== undefined) {
    const parts = short.split(':');
    return parts[1] ?? parts[0];
  }
  return targetOf(element, path, report, phrase('list-entry-invalid.device'));
};

function targetOf(element: Node, path: Path, report: Report, message: Phrase): string | undefined {
  if (element.kind !== 'map') return undefined;
  const target = stringOf(valueIn(element, 'target'));
  if (target === undefined) reportAt(report, 'list-entry-invalid', element, path, message);
  return target;
}

const byText: Identity = (element, path, report) => {
  if (element.kind === 'scalar' && (element.type === 'string' || element.type === 'int')) {
    return goFormat(element);
  }
  reportAt(report, 'list-entry-invalid', element, path, phrase('list-entry-invalid.port'));
  return undefined;
};

function byFileTarget(directory: string): Identity {
  return (element, path, report) => {
    const short = stringOf(element);
    if (short !== undefined) return `${directory}/${short}`;
    if (element.kind === 'map') {
      return stringOf(valueIn(element, 'target')) ?? `${directory}/${stringOf(valueIn(element, 'source'))}`;
    }
    reportAt(report, 'list-entry-invalid', element, path, phrase('list-entry-invalid.file'));
    return undefined;
  };
}

const byPort: Identity = (element, path, report) => {
  if (element.kind === 'scalar') {
    return element.type === 'string' || element.type === 'int' ? goFormat(element) : '';
  }
  if (element.kind !== 'map') return '';
  const target = valueIn(element, 'target');
  if (target === undefined) {
    reportAt(report, 'list-entry-invalid', element, path, phrase('list-entry-invalid.port-target'));
    return undefined;
  }
  const host = textOf(valueIn(element, 'host_ip')) ?? '0.0.0.0';
  const published = textOf(valueIn(element, 'published')) ?? '<nil>';
  const protocol = textOf(valueIn(element, 'protocol')) ?? 'tcp';
  return `${host}:${published}:${textOf(target)}/${protocol}`;
};

const byPath: Identity = (element, path, report) => {
  const short = stringOf(element);
  if (short !== undefined) return short;
  if (element.kind !== 'map') return '';
  const file = stringOf(valueIn(element, 'path'));
  if (file === undefined) {
    reportAt(report, 'list-entry-invalid', element, path, phrase('list-entry-invalid.env-file'));
  }
  return file;
};

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? goFormat(node) : undefined;
}

const identities = new PatternTable<Identity>([
  ['networks.*.labels', byName],
  ['networks.*.ipam.options', byName],
  ['services.*.annotations', byName],
  ['services.*.build.args', byName],
  ['services.*.build.additional_contexts', byName],
  ['services.*.build.platform', byName],
  ['services.*.build.tags', byName],
  ['services.*.build.labels', byName],
  ['services.*.cap_add', byName],
  ['services.*.cap_drop', byName],
  ['services.*.configs', byFileTarget('')],
  ['services.*.deploy.labels', byName],
  ['services.*.devices', byDeviceTarget],
  ['services.*.dns', byName],
  ['services.*.dns_opt', byName],
  ['services.*.dns_search', byName],
  ['services.*.environment', byName],
  ['services.*.env_file', byPath],
  ['services.*.expose', byText],
  ['services.*.labels', byName],
  ['services.*.links', byName],
  ['services.*.networks.*.aliases', byName],
  ['services.*.networks.*.link_local_ips', byName],
  ['services.*.ports', byPort],
  ['services.*.profiles', byName],
  ['services.*.secrets', byFileTarget('/run/secrets')],
  ['services.*.sysctls', byName],
  ['services.*.tmpfs', byName],
  ['services.*.volumes', byMountTarget],
]);

import { PatternTable } from '../values/path.ts';
import { entryOf, isNull, mapItems, stringOf, textAt, valueIn, withValue } from '../syntax/edit.ts';
import type { Node } from '../syntax/node.ts';
import { type Report, reportAt } from '../syntax/report.ts';
import { type Rewrite, type RewriteContext, rewrite } from './rewrite.ts';
import { isWindowsAbsolute, type SystemPath } from './system-path.ts';
import { phrase } from '../problem/phrase.ts';

export interface PathContext {
  /** Relative paths are relative to this. */
  readonly base: string;
  /** For `~`. */
  readonly home: string;
  readonly paths: SystemPath;
  readonly report: Report;
}

/**
 * A canonical model with the host paths in it made absolute: build contexts, env files, bind mounts, files of secrets and configs, …
 * Paths in a container, and a Dockerfile's (relative to its context), stay as they are.
 */
export function resolvePaths(model: Node, context: PathContext): Node {
  return rewrite(model, rules, context);
}

type Context = RewriteContext & PathContext;

const rules = new PatternTable<Rewrite<PathContext>>([
  ['services.*.build.context', buildContext],
  ['services.*.build.additional_contexts.*', buildContext],
  ['services.*.build.ssh.*', unixPath],
  ['services.*.env_file[].path', localPath],
  ['services.*.label_file[]', localPath],
  ['services.*.extends.file', localPath],
  ['services.*.develop.watch[].path', localPath],
  ['services.*.volumes[]', mountSource],
  ['configs.*.file', unixPath],
  ['secrets.*.file', unixPath],
  ['include.path', localPath],
  ['include.project_directory', localPath],
  ['include.env_file', localPath],
  ['volumes.*', bindDevice],
]);

/** Whether a path names something that is fetched, not a file here. */
export function isRemote(text: string): boolean {
  return /^(?:https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@|oci:\/\/)/.test(text);
}

export function expandHome(text: string, context: Pick<PathContext, 'home' | 'paths'>): string {
  return text.startsWith('~') ? context.paths.join(context.home, text.slice(1)) : text;
}

/** A path of the host's own system. An empty text stays empty. */
export function absolutePath(text: string, context: Pick<PathContext, 'base' | 'home' | 'paths'>): string {
  const expanded = expandHome(text, context);
  if (expanded === '' || context.paths.isAbsolute(expanded)) return expanded;
  return context.paths.join(context.base, expanded);
}

function localPath(node: Node, context: Context): Node {
  if (node.kind === 'seq') return mapItems(node, (item) => localPath(item, context));
  const text = stringOf(node);
  return text === undefined ? node : changed(node, absolutePath(text, context));
}

function buildContext(node: Node, context: Context): Node {
  const text = stringOf(node);
  if (text === undefined || text.includes('://') || text.startsWith('service:') || isRemote(text))
    return node;
  return changed(node, absolutePath(text, context));
}

/** A path that the engine may see on another system than this one: absolute in either form is absolute. */
function unixPath(node: Node, context: Context): Node {
  const text = stringOf(node);
  if (text === undefined) return node;
  const expanded = expandHome(text, context);
  if (expanded.startsWith('/') || isWindowsAbsolute(expanded) || context.paths.isAbsolute(expanded)) {
    return changed(node, expanded);
  }
  return changed(node, context.paths.join(context.base, expanded));
}

function mountSource(node: Node, context: Context): Node {
  if (node.kind !== 'map' || stringOf(valueIn(node, 'type')) !== 'bind') return node;
  const source = valueIn(node, 'source');
  if (source === undefined) {
    reportAt(
      context.report,
      'invalid-volume',
      entryOf(node, 'type')?.value ?? node,
      context.path,
      phrase('invalid-volume.source'),
    );
    return node;
  }
  return withValue(node, 'source', unixPath(source, context));
}

/** A volume of the local driver with `o: bind` is a bind mount of its `device`. */
function bindDevice(node: Node, context: Context): Node {
  if (isNull(node) || node.kind !== 'map' || stringOf(valueIn(node, 'driver')) !== 'local') return node;
  const options = valueIn(node, 'driver_opts');
  const device = valueIn(options, 'device');
  if (options?.kind !== 'map' || device === undefined || stringOf(valueIn(options, 'o')) !== 'bind')
    return node;
  return withValue(node, 'driver_opts', withValue(options, 'device', unixPath(device, context)));
}

function changed(node: Node, text: string): Node {
  return stringOf(node) === text ? node : textAt(node, text);
}

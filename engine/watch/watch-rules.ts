import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Hook, Service, WatchTrigger } from '#compose/model/project.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import type { Node } from '#compose/syntax/node.ts';
import { ignoreFilter, readIgnoreRules } from '../image-build/build-context.ts';
import { EngineError } from '../api/engine-error.ts';
import { type Message, say } from '../api/message.ts';

export type WatchAction = 'sync' | 'rebuild' | 'restart' | 'sync+restart' | 'sync+exec';

/** One entry of `develop.watch`, ready to be asked about paths. */
export interface WatchRule {
  readonly service: string;
  readonly action: WatchAction;
  /** Absolute: a file, or a folder with all that it holds. */
  readonly path: string;
  /** It was a folder when the watch began. */
  readonly isFolder: boolean;
  readonly target: string | undefined;
  readonly exec: Hook | undefined;
  readonly initialSync: boolean;
  /** Whether a change of this path (absolute) is one of those that are waited for. */
  matches(path: string): boolean;
  /** Whether something below this folder may be. */
  mayMatchBelow(folder: string): boolean;
}

/** What editors and tools write beside the files that are meant, and what no one wants in a container. */
const neverMeant: readonly string[] = [
  '**/.git',
  // JetBrains
  '**/*___jb_old___',
  '**/*___jb_tmp___',
  '**/.idea',
  // Emacs
  '**/.#*',
  '**/#*#',
  // Vim, Kate
  '**/4913',
  '**/*~',
  '**/.*.sw[a-z]',
  '**/.*.kate-swp',
  // Go
  '**/*-go-tmp-umask',
];

const actions: readonly string[] = [
  'sync',
  'rebuild',
  'restart',
  'sync+restart',
  'sync+exec',
] satisfies readonly WatchAction[];

/**
 * The rules of these services (of all, for none). A path that a bind mount covers is in the container already: its rule is left out, with a warning.
 * Rejects (`invalid`) a rule that cannot be carried out, and a choice of services without any.
 */
export async function watchRules(
  { project, tree }: LoadedProject,
  services: readonly string[],
  onWarning: (text: string) => void,
): Promise<readonly WatchRule[]> {
  const rules: WatchRule[] = [];
  for (const [name, service] of Object.entries(project.services)) {
    if (services.length > 0 && !services.includes(name)) continue;
    const triggers = service.develop?.watch ?? [];
    if (triggers.length === 0) continue;
    const ignored = await contextIgnores(service);
    for (const [index, written] of triggers.entries()) {
      const former = hasFormerSync(tree, name, index);
      if (former) onWarning('x-initialSync is DEPRECATED, please use the official `initial_sync` attribute');
      const trigger = former ? { ...written, initial_sync: true } : written;
      if (syncs(trigger.action) && isBindMounted(trigger.path, service)) {
        onWarning(
          `path '${trigger.path}' also declared by a bind mount volume, this path won't be monitored!`,
        );
        continue;
      }
      rules.push(await toRule(name, service, trigger, ignored));
    }
  }
  if (rules.length === 0)
    throw new EngineError(
      'invalid',
      say`none of the selected services is configured for watch, consider setting a 'develop' section`,
    );
  return rules;
}

/** What `initial_sync` was called before it was part of the specification. */
function hasFormerSync(tree: Node, service: string, index: number): boolean {
  const node = nodeAtPath(tree, ['services', service, 'develop', 'watch', index, 'x-initialSync']);
  return node?.kind === 'scalar' && node.value === true;
}

export function syncs(action: string): boolean {
  return action.startsWith('sync');
}

/** Where a path that a rule matches belongs in the container. */
export function containerPath({ path, target = '' }: WatchRule, changed: string): string {
  return posix.join(target, toPosix(relative(path, changed)));
}

/** Whether a path is another one or below it. */
export function isWithin(folder: string, path: string): boolean {
  const rest = relative(folder, path);
  return rest === '' || (rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
}

type PathFilter = (path: string) => boolean;

async function toRule(
  service: string,
  { build }: Service,
  trigger: WatchTrigger,
  contextIgnored: Ignores,
): Promise<WatchRule> {
  const { path, target, exec, action } = trigger;
  if (!isAction(action)) throw refused(service, trigger, say`unknown action "${action}"`);
  if (action === 'rebuild' && build === undefined)
    throw new EngineError(
      'invalid',
      say`can't watch service "${service}" with action rebuild without a build context`,
      { subject: service },
    );
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  if (syncs(action) && !isTarget(target, isFolder))
    throw refused(service, trigger, say`it needs a target that is an absolute path in the container`);
  if (action === 'sync+exec' && (exec?.command?.length ?? 0) === 0)
    throw refused(service, trigger, say`it needs a command (exec)`);
  const ignores = [contextIgnored, ignoresBelow(path, [...neverMeant]), ignoresBelow(path, trigger.ignore)];
  const included = includedBelow(path, trigger.include);
  return {
    service,
    action,
    path,
    isFolder,
    target,
    exec,
    initialSync: trigger.initial_sync === true,
    matches: (changed) =>
      isWithin(path, changed) && included(changed) && !ignores.some((each) => each.ignores(changed)),
    mayMatchBelow: (folder) =>
      isWithin(folder, path) ||
      (isWithin(path, folder) && !ignores.some((each) => each.final && each.ignores(folder))),
  };
}

interface Ignores {
  readonly ignores: PathFilter;
  /** No exception lets something below an ignored folder back in. */
  readonly final: boolean;
}

async function contextIgnores({ build }: Service): Promise<Ignores> {
  const directory = build?.context;
  if (build === undefined || directory === undefined || !isAbsolute(directory))
    return { ignores: () => false, final: true };
  const dockerfile = build.dockerfile ?? 'Dockerfile';
  const rules = await readIgnoreRules({
    directory,
    dockerfile:
      build.dockerfile_inline === undefined && !isAbsolute(dockerfile) ? { path: dockerfile } : { text: '' },
  });
  return ignoresBelow(directory, rules);
}

/** Patterns as in `.dockerignore`, relative to a folder. */
function ignoresBelow(folder: string, patterns: readonly string[] = []): Ignores {
  return { ignores: below(folder, patterns), final: !patterns.some((line) => line.startsWith('!')) };
}

function includedBelow(folder: string, patterns: readonly string[] = []): PathFilter {
  return patterns.length === 0 ? () => true : below(folder, patterns);
}

function below(folder: string, patterns: readonly string[]): PathFilter {
  const matches = ignoreFilter(patterns.map((pattern) => toPosix(pattern).replace(/(?<=.)\/$/, '')));
  return (path) => {
    const rest = toPosix(relative(folder, path));
    return rest !== '' && rest !== '..' && !rest.startsWith('../') && !isAbsolute(rest) && matches(rest);
  };
}

function isBindMounted(path: string, { volumes = [] }: Service): boolean {
  return volumes.some(
    ({ type, source }) => type === 'bind' && source !== undefined && isWithin(source, path),
  );
}

function isTarget(target: string | undefined, ofFolder: boolean): boolean {
  return target?.startsWith('/') === true && (ofFolder || posix.normalize(target) !== '/');
}

function isAction(text: string): text is WatchAction {
  return actions.includes(text);
}

function refused(service: string, { path, action }: WatchTrigger, reason: Message): EngineError {
  return new EngineError(
    'invalid',
    say`The watch of service ${service} on ${path} (${action}) cannot start: ${reason}.`,
    { subject: service },
  );
}

function toPosix(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** All that a folder holds and some rule may want, itself first; of a file, the file. */
export async function* pathsBelow(path: string, wanted: (folder: string) => boolean): AsyncGenerator<string> {
  yield path;
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const inner = join(path, entry.name);
    if (!entry.isDirectory()) yield inner;
    else if (wanted(inner)) yield* pathsBelow(inner, wanted);
  }
}

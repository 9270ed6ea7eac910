import { type SymbolKind, sectionOf } from '#compose/model/symbols.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Path } from '#compose/values/path.ts';
import type { SourceFile } from '../workspace/files.ts';
import { serviceEntries } from '../workspace/service-entries.ts';
import { namesIn } from '../workspace/names.ts';
import { imageFacts } from './image-facts.ts';

/** What the map at a path still needs to do its work, the most wanted first; nothing where it has all. */
export function lackingIn(file: SourceFile, path: Path, present: readonly string[]): readonly string[] {
  if (path.length === 0) return undeclaredSections(file).filter((section) => !present.includes(section));
  const [section, name] = path;
  if (section !== 'services' || path.length !== 2 || typeof name !== 'string') return [];
  const has = (...keys: readonly string[]) => keys.some((key) => present.includes(key));
  const wanted: string[] = [];
  if (!has('image', 'build', 'extends', '<<', 'provider')) wanted.push('image', 'build');
  const service = file.roots.map((root) => nodeAtPath(root, path)).find(Boolean);
  const image = imageFacts(stringOf(valueIn(service, 'image')));
  // Databases do not start without a password.
  if ((image?.environment.length ?? 0) > 0 && !has('environment', 'env_file')) wanted.push('environment');
  if (!has('healthcheck') && isAwaited(file, name)) wanted.push('healthcheck');
  return wanted;
}

/** Keys that mean nothing beside a value that the map has: `tmpfs` of a bind mount. */
export function unfitIn(file: SourceFile, path: Path, written: Path): readonly string[] {
  const value = (key: string) =>
    file.roots.map((root) => stringOf(valueIn(nodeAtPath(root, written), key))).find(Boolean);
  const [, , attribute, part] = path;
  if (path[0] !== 'services') return [];
  if (attribute === 'volumes' && path.length === 4) {
    const type = value('type');
    const own = ['bind', 'volume', 'tmpfs', 'image'].filter((key) => key !== type);
    return type === undefined ? [] : type === 'tmpfs' ? [...own, 'source', 'read_only'] : own;
  }
  if (attribute === 'develop' && part === 'watch' && path.length === 5) {
    const action = value('action');
    if (action === undefined) return [];
    return [
      ...(action === 'rebuild' || action === 'restart' ? ['target', 'initial_sync'] : []),
      ...(action === 'sync+exec' ? [] : ['exec']),
    ];
  }
  return attribute === 'deploy' && path.length === 3 && value('mode') === 'global' ? ['replicas'] : [];
}

/** Whether a service of the file waits for this one to be healthy. */
function isAwaited(file: SourceFile, name: string): boolean {
  return serviceEntries(file).some(
    ({ value }) =>
      stringOf(valueIn(valueIn(valueIn(value, 'depends_on'), name), 'condition')) === 'service_healthy',
  );
}

/** The file's services that say how they are asked whether they are well. */
export function checkedServices(file: SourceFile): readonly string[] {
  return serviceEntries(file)
    .filter(({ value }) => valueIn(value, 'healthcheck') !== undefined)
    .map(keyText)
    .filter((name) => /^[\w.-]+$/.test(name));
}

/** Sections for names that the file uses and does not declare. */
function undeclaredSections(file: SourceFile): readonly string[] {
  const kinds: readonly Exclude<SymbolKind, 'profile'>[] = ['volume', 'network', 'secret', 'config', 'model'];
  return kinds.filter((kind) => undeclaredIn(file, kind).length > 0).map((kind) => sectionOf[kind]);
}

/** Names of a kind that are used in a file where none is declared, in the order of the text. */
export function undeclaredIn(file: SourceFile, kind: SymbolKind): readonly string[] {
  const uses = namesIn(file).filter((use) => use.kind === kind);
  const declared = new Set(uses.flatMap(({ role, name }) => (role === 'declaration' ? [name] : [])));
  // Every project has that network.
  if (kind === 'network') declared.add('default');
  return [...new Set(uses.map(({ name }) => name))].filter((name) => !declared.has(name) && !/\$/.test(name));
}

import { phrase } from '../problem/phrase.ts';
import { sameValueKey } from '../schema/same-value.ts';
import { mapOf } from '../syntax/build.ts';
import { entryOf, isNull, keyText, stringOf, valueIn, withoutKey, withValue } from '../syntax/edit.ts';
import type { MapEntry, MapNode, Node } from '../syntax/node.ts';
import { reportAt } from '../syntax/report.ts';
import type { Path } from '../values/path.ts';
import { type AssemblyContext, type FileGroup, fileIn, relativeDirectory } from './assembly-context.ts';
import type { ComposeFile } from './compose-files.ts';
import { mayHoldVariables, readEnvFiles } from './env-files.ts';
import { mergeModels } from './merge.ts';
import { applyResets, type Resets, resetsBelow } from './reset.ts';
import type { Variables } from './variables.ts';

/** Includes of includes can multiply without end. */
const mostIncludes = 1000;

/**
 * A document with what it includes put under it (specification: "include"): each entry is a project of its own, with its own directory and
 * variables; what this document declares itself is laid over it.
 */
export async function applyIncludes(
  document: MapNode,
  file: ComposeFile,
  resets: Resets,
  group: FileGroup,
  context: AssemblyContext,
): Promise<MapNode> {
  const entry = entryOf(document, 'include');
  if (entry === undefined) return document;
  let model = withoutKey(document, 'include');
  if (isNull(entry.value)) return model;
  if (entry.value.kind !== 'seq') {
    const message = phrase('include-invalid');
    reportAt(context.problems.report, 'include-invalid', entry.value, ['include'], message);
    return model;
  }
  for (const [index, item] of entry.value.items.entries()) {
    const included = await assembleEntry(item, index, file, group, context);
    if (included !== undefined)
      model = importResources(included, model, { resets, item, uri: file.uri }, context);
  }
  return model;
}

async function assembleEntry(
  item: Node,
  index: number,
  file: ComposeFile,
  group: FileGroup,
  context: AssemblyContext,
): Promise<MapNode | undefined> {
  const { paths } = context;
  const trail = [...group.trail, file.path];
  const names = namesOf(stringOf(item) === undefined ? valueIn(item, 'path') : item);
  if (names.length === 0) {
    if (item.broken) return undefined;
    reportAt(
      context.problems.report,
      'include-invalid',
      item,
      ['include', index],
      phrase('include-invalid.path'),
    );
    return undefined;
  }
  context.counts.includes += 1;
  if (context.counts.includes > mostIncludes) {
    const message = phrase('too-many-includes', { most: mostIncludes });
    reportAt(context.problems.report, 'too-many-includes', item, ['include', index], message);
    return undefined;
  }
  const opened: Included[] = [];
  for (const name of names) {
    const found = await openIncluded(name, index, trail, group, context);
    if (found === undefined) {
      context.problems.lacksFile();
      return undefined;
    }
    opened.push(found);
  }
  const files = opened.map(({ file }) => file);
  const main = files[0];
  if (main === undefined) return undefined;
  const wanted = stringOf(valueIn(item, 'project_directory')) ?? '';
  const directory = wanted === '' ? paths.dirname(main.path) : fileIn(group.directory, wanted, context);
  const base =
    wanted === ''
      ? opened[0]?.isFetched === true
        ? directory
        : relativeDirectory(group.directory, main.path, paths)
      : paths.isAbsolute(wanted)
        ? wanted
        : (paths.relative(group.directory, directory) ?? directory);
  const variables = await includedVariables(valueIn(item, 'env_file'), directory, group, context);
  // What is included always has its own paths resolved: its directory is forgotten afterwards.
  const options = { ...context.options, noPaths: false };
  return context.assemble({ files, base, directory, variables, trail }, { ...context, options });
}

interface Included {
  readonly file: ComposeFile;
  readonly isFetched: boolean;
}

async function openIncluded(
  name: Node,
  index: number,
  trail: readonly string[],
  group: FileGroup,
  context: AssemblyContext,
): Promise<Included | undefined> {
  const { report } = context.problems;
  const text = stringOf(name) ?? '';
  const fetched = await context.files.fetched(text, name.span);
  if (fetched === 'absent') return undefined;
  const path = fetched?.path ?? fileIn(group.directory, text, context);
  if (trail.includes(path)) {
    const circle = [...trail.slice(trail.indexOf(path)), path].join(' -> ');
    reportAt(report, 'include-cycle', name, ['include', index], phrase('include-cycle', { circle }));
    return undefined;
  }
  const file = await context.files.compose(path, { at: name.span });
  return file === undefined ? undefined : { file, isFetched: fetched !== undefined };
}

/** The including project's variables, and below them those of the entry's env files, or of `.env` in its directory. */
async function includedVariables(
  envFiles: Node | undefined,
  directory: string,
  group: FileGroup,
  context: AssemblyContext,
): Promise<Variables> {
  const named = namesOf(envFiles);
  if (named.length === 0) {
    const path = context.paths.join(directory, '.env');
    if (!mayHoldVariables(await context.files.stat(path))) return group.variables;
    return readEnvFiles([{ path }], group.variables, context);
  }
  const files = named
    .filter((name) => stringOf(name) !== '/dev/null')
    .map((name) => ({ path: fileIn(group.directory, stringOf(name) ?? '', context), at: name.span }));
  return readEnvFiles(files, group.variables, context);
}

/** A text, or a list of texts. */
function namesOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  const nodes = node.kind === 'seq' ? node.items : [node];
  return nodes.filter((name) => stringOf(name) !== undefined);
}

function importResources(
  included: MapNode,
  document: MapNode,
  { resets, item, uri }: { readonly resets: Resets; readonly item: Node; readonly uri: string },
  context: AssemblyContext,
): MapNode {
  let model = document;
  for (const section of ['services', 'jobs', 'volumes', 'networks', 'secrets', 'configs', 'models']) {
    const source = valueIn(included, section);
    if (source?.kind !== 'map') continue;
    const own = valueIn(model, section);
    const target = new Map(own?.kind === 'map' ? own.entries.map((entry) => [keyText(entry), entry]) : []);
    for (const entry of source.entries) {
      const key = keyText(entry);
      const conflict = target.get(key);
      if (conflict === undefined) {
        target.set(key, entry);
        continue;
      }
      if (sameValueKey(conflict.value) !== sameValueKey(entry.value)) {
        reportConflict(
          conflict,
          entry,
          [section, key],
          conflict.key.span.uri === uri ? undefined : item,
          context,
        );
      }
      const kept = applyResets(entry.value, resetsBelow(resets, [section, key]));
      const value = mergeModels(kept, conflict.value, context.problems.report, [section, key]);
      target.set(key, { key: conflict.key, value });
    }
    const entries = [...target.values()];
    model = withValue(model, section, own?.kind === 'map' ? { ...own, entries } : mapOf(source, entries));
  }
  return model;
}

/** Where both are of included files, the later include is the place; else what the document declares itself. */
function reportConflict(
  first: MapEntry,
  included: MapEntry,
  path: Path,
  include: Node | undefined,
  context: AssemblyContext,
): void {
  const name = String(path.at(-1));
  const key = include === undefined ? 'include-conflict' : 'include-conflict.twice';
  const other = include === undefined ? included : first;
  reportAt(context.problems.report, 'include-conflict', include ?? first.key, path, phrase(key, { name }), {
    related: [{ span: other.key.span, message: phrase('include-conflict.other') }],
  });
}

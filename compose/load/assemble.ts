import { phrase } from '../problem/phrase.ts';
import type { Span } from '../problem/span.ts';
import { enforceUnicity } from '../schema/unicity.ts';
import { validateSchema } from '../schema/validate.ts';
import { mapOf } from '../syntax/build.ts';
import { entryOf, valueIn, withoutKey } from '../syntax/edit.ts';
import type { MapNode, Node } from '../syntax/node.ts';
import { reportAt } from '../syntax/report.ts';
import { interpolate } from '../template/interpolate.ts';
import { type AssemblyContext, type FileGroup, fileIn, relativeDirectory } from './assembly-context.ts';
import { canonicalModel, omitEmpty } from './canonical.ts';
import type { ComposeFile } from './compose-files.ts';
import { withDefaults } from './defaults.ts';
import { applyExtends, type ExtendsScope } from './extends.ts';
import { applyIncludes } from './include.ts';
import { mergeModels } from './merge.ts';
import type { FetchedFile } from './remote-files.ts';
import { applyResets, collectResets, noResets, type Resets } from './reset.ts';
import { resolvePaths } from './resolve-paths.ts';
import { resolveNamedVariables } from './resolve-variables.ts';
import { checkValues } from './validate/canonical-values.ts';

/** The model of a group of files: every document laid over the one before, canonical, with defaults and with paths resolved. */
export async function assemble(group: FileGroup, context: AssemblyContext): Promise<MapNode> {
  let model: MapNode = emptyModel(group, context);
  for (const file of group.files) model = await addFile(model, file, group, context);
  const { problems, options } = context;
  await context.breathe();
  model = asMap(withDefaults(model));
  if (!options.noValidation) checkValues(model, problems.report);
  await context.breathe();
  if (!options.noPaths) model = inGroup(model, group.base, context);
  return resolveNamedVariables(model, group.variables);
}

function emptyModel(group: FileGroup, context: AssemblyContext): MapNode {
  const uri = group.files[0]?.uri ?? context.files.startOf(group.directory).uri;
  const span: Span = { uri, start: 0, end: 0 };
  return { kind: 'map', span, origins: [], entries: [], flow: false };
}

async function addFile(
  before: MapNode,
  file: ComposeFile,
  group: FileGroup,
  context: AssemblyContext,
): Promise<MapNode> {
  const { problems, options } = context;
  const { report } = problems;
  context.variablesOf.set(file.uri, group.variables);
  let model = before;
  for (const document of file.documents) {
    problems.nextStage();
    const read = readDocument(document, file, group, context);
    if (read === undefined) continue;
    await context.breathe();
    let { root } = read;
    root = await applyIncludes(root, file, read.resets, group, context);
    const kept = asMap(applyResets(model, read.resets));
    root = await applyExtends(root, file.path, read.resets, {
      report,
      open: (name, at) => openBase(name, at, group, context),
    });
    model = asMap(enforceUnicity(mergeModels(kept, root, report), report));
    problems.nextStage();
    await context.breathe();
    if (!options.noValidation) {
      for (const problem of validateSchema(model)) report(problem);
      model = withoutVersion(model, context);
    }
    problems.nextStage();
    await context.breathe();
    model = await canonicalAndUnique(model, context);
  }
  return model;
}

function readDocument(
  document: Node | undefined,
  file: ComposeFile,
  group: FileGroup,
  context: AssemblyContext,
): { readonly root: MapNode; readonly resets: Resets } | undefined {
  const { report } = context.problems;
  if (document?.kind !== 'map') {
    if (document?.broken) return undefined;
    const at = document?.span ?? { uri: file.uri, start: 0, end: 0 };
    reportAt(report, 'not-a-mapping', at, [], phrase('not-a-mapping'));
    return undefined;
  }
  const { root, resets } = /!(?:reset|override)\b/.test(file.text)
    ? collectResets(document)
    : { root: document, resets: noResets };
  const substituted = context.options.noInterpolate
    ? root
    : interpolate(root, group.variables, report, [], context.files.texts);
  return { root: asMap(substituted), resets };
}

function withoutVersion(model: MapNode, context: AssemblyContext): MapNode {
  const version = entryOf(model, 'version');
  if (version === undefined) return model;
  const message = phrase('obsolete-version');
  reportAt(context.problems.report, 'obsolete-version', version.key, ['version'], message, {
    tags: ['unnecessary'],
  });
  return withoutKey(model, 'version');
}

async function canonicalAndUnique(model: MapNode, context: AssemblyContext): Promise<MapNode> {
  const { report } = context.problems;
  const canonical = omitEmpty(canonicalModel(model, report, context.options.noInterpolate));
  await context.breathe();
  // Long forms can reveal what short forms hid: ranges of ports that overlap.
  return asMap(enforceUnicity(canonical, report));
}

function inGroup(model: MapNode, base: string, context: AssemblyContext): MapNode {
  const { paths, home, problems } = context;
  return asMap(resolvePaths(model, { base, home, paths, report: problems.report }));
}

/** A file that a service extends: read as a group of its own, without includes and without rules about the whole. */
async function openBase(
  name: string,
  at: Node,
  group: FileGroup,
  context: AssemblyContext,
): Promise<ExtendsScope | undefined> {
  const fetched = await context.files.fetched(name, at.span);
  if (fetched === 'absent') return undefined;
  const path = fetched?.path ?? fileIn(group.directory, name, context);
  const key = `${group.base}\n${path}`;
  const known = context.bases.get(key);
  if (known !== undefined) return known;
  const scope = readBase({ name, path, fetched }, at, group, context);
  context.bases.set(key, scope);
  return scope;
}

interface Base {
  readonly name: string;
  readonly path: string;
  readonly fetched: FetchedFile | undefined;
}

async function readBase(
  { name, path, fetched }: Base,
  at: Node,
  group: FileGroup,
  context: AssemblyContext,
): Promise<ExtendsScope | undefined> {
  const { report } = context.problems;
  const file = await context.files.compose(path, { at: at.span });
  if (file === undefined) return undefined;
  context.variablesOf.set(file.uri, group.variables);
  let model: MapNode = mapOf({ ...at, kind: 'map', entries: [], flow: false }, []);
  let resets: Resets = noResets;
  for (const document of file.documents) {
    const read = readDocument(document, file, group, context);
    if (read === undefined) continue;
    resets = read.resets;
    model = asMap(enforceUnicity(mergeModels(asMap(applyResets(model, resets)), read.root, report), report));
    model = await canonicalAndUnique(model, context);
  }
  const services = valueIn(model, 'services');
  if (services?.kind !== 'map') {
    reportAt(report, 'extends-not-found', at, [], phrase('extends-not-found.services', { file: name }));
    return undefined;
  }
  // Docker Compose has the paths of a remote file relative to what was fetched, whatever folder of it the file is in.
  const base = fetched?.folder ?? relativeDirectory(group.directory, path, context.paths);
  const resolved = valueIn(inGroup(model, base, context), 'services');
  const entries = resolved?.kind === 'map' ? resolved.entries : services.entries;
  return {
    file: path,
    resets,
    services: new Map(entries.map((entry) => [String(entry.key.value), entry.value])),
  };
}

/** The stages keep a mapping a mapping. */
function asMap(node: Node): MapNode {
  return node.kind === 'map' ? node : { kind: 'map', span: node.span, origins: [], entries: [], flow: false };
}

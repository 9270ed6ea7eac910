import { resolve } from '#system/path.ts';
import type { Path } from '#compose/values/path.ts';
import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import { schemaAt } from '#compose/schema/walk.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { FeatureContext } from '../context.ts';
import { directoryFor } from '../workspace/directories.ts';
import type { SourceFile } from '../workspace/files.ts';
import { namesOf } from '../workspace/names.ts';
import { anchorSuggestions, mergeKeySuggestion } from './anchors.ts';
import { buildSuggestions } from './build.ts';
import { containerNameSuggestions, projectNameSuggestions } from './by-example.ts';
import { connectionSuggestions } from './connections.ts';
import { suggestionsByImage } from './image.ts';
import { imageSuggestions } from './images.ts';
import { awaitingSuggestion, keySuggestions } from './keys.ts';
import { knownItems, knownKeys } from './known-keys.ts';
import { labelSuggestions } from './labels.ts';
import { checkedServices, lackingIn, unfitIn } from './lacking.ts';
import { mountSuggestions } from './mounts.ts';
import { nameSuggestions, undeclaredSuggestions } from './names.ts';
import { pathSuggestions } from './paths.ts';
import { meantPath } from '../workspace/meant-path.ts';
import { providerOptions, providerTypes, providerValues } from './providers.ts';
import { restOfService } from './rest-of-service.ts';
import { snippetSuggestions } from './snippets.ts';
import type { Suggestion } from './suggestion.ts';
import { valueSuggestions } from './values.ts';
import { variableNames } from './variables.ts';
import { variableValues } from './variable-values.ts';

/** Everything that makes sense at the cursor. */
export async function suggest(
  context: FeatureContext,
  file: SourceFile,
  cursor: CursorContext,
): Promise<Suggestion[]> {
  const anchors = anchorSuggestions(file, cursor);
  if (anchors.length > 0 || cursor.word.startsWith('*')) return anchors;
  if (cursor.word.startsWith('!') && cursor.fits.scalar) return tags;
  const path = meantPath(file, cursor.path);
  const suggestions: Suggestion[] = [];
  if (cursor.fits.key && /^[\w.$<-]*$/.test(cursor.word)) {
    const keys = keySuggestions(
      path,
      cursor.keys,
      lackingIn(file, path, cursor.keys),
      unfitIn(file, path, cursor.path),
    );
    // Names as keys of a map: only where it is one already, since mostly they are listed.
    if (!cursor.fits.item) suggestions.push(...(await named(context, file, path, 'key', cursor.keys)));
    const directory = directoryFor(file, await context.projects.of(file.path));
    const args = await buildSuggestions(path, 'key', file, directory, context.workspace);
    const byImage = await suggestionsByImage(path, 'key', file, directory, context.workspace);
    const addresses = connectionSuggestions(file, { ...cursor, path }, 'key');
    const labels = labelSuggestions(file, path, cursor.keys);
    const options = await providerOptions(context.workspace.machine, path, siblingOf(file, path, 'type'));
    const free = [...args, ...byImage, ...addresses, ...labels, ...options, ...knownKeys(path, cursor.keys)];
    suggestions.push(...undeclaredSuggestions(path, file, cursor.keys));
    suggestions.push(...keys, ...free.filter(({ label }) => !cursor.keys.includes(label)));
    if (keys.length > 0 && path.length > 0) suggestions.push(...mergeKeySuggestion(file, cursor));
    if (!cursor.flow && !cursor.colonFollows)
      suggestions.push(...awaitingSuggestion(path, cursor.keys, checkedServices(file)));
    suggestions.push(...snippetSuggestions(path, cursor), ...restOfService(file, path, cursor));
  }
  const scalars = cursor.fits.scalar ? await values(context, file, cursor, path, cursor.items) : [];
  // Who has begun a line below a key writes a map there, where one is possible.
  const below = cursor.fits.key && suggestions.length > 0 && typeof path.at(-1) !== 'number';
  if (!below) suggestions.push(...scalars);
  const item = [...path, cursor.items.length];
  const itemCursor = { ...cursor, path: [...cursor.path, cursor.items.length] };
  if (listAwaited(cursor, path)) {
    for (const each of await values(context, file, itemCursor, item, cursor.items))
      if (!('key' in each.as || 'snippet' in each.as) && !/[:/=]$/.test(writtenBy(each)))
        suggestions.push({ ...each, inBrackets: true });
  }
  if (cursor.fits.item) {
    const ofItem = await values(context, file, { ...cursor, path: item }, item, cursor.items);
    const keys = keySuggestions(item, []);
    for (const suggestion of [...ofItem, ...keys]) suggestions.push({ ...suggestion, asItem: true });
  }
  if (below) suggestions.push(...scalars.map((each) => ({ ...each, rank: 7 })));
  return unique(suggestions);
}

/** Behind a key whose value can only be a list, or a map: there is none yet. */
function listAwaited({ fits, word, quote }: CursorContext, path: Path): boolean {
  if (!fits.scalar || fits.item || fits.key || word !== '' || quote !== '') return false;
  const types = schemaAt(path)?.types ?? [];
  return types.includes('array') && types.every((type) => /^(?:array|object|null)$/.test(type));
}

function writtenBy({ as }: Suggestion): string {
  return 'scalar' in as ? as.scalar : 'raw' in as ? as.raw : '';
}

/** What says how a value is merged with those of other files. */
const tags: Suggestion[] = ['!override', '!reset'].map((label, order) => ({
  label,
  as: { raw: label },
  kind: 'enum',
  rank: 1,
  order,
}));

async function values(
  context: FeatureContext,
  file: SourceFile,
  cursor: CursorContext,
  path: Path,
  present: readonly string[],
): Promise<Suggestion[]> {
  const { projects, workspace } = context;
  const directory = directoryFor(file, await projects.of(file.path));
  return [
    ...valueSuggestions(path, present),
    ...(await named(context, file, path, 'value', present)),
    ...(await pathSuggestions({ ...cursor, path }, directory, workspace.files, {
      type: siblingOf(file, cursor.path, 'type'),
      context: siblingOf(file, cursor.path, 'context'),
    })),
    ...containerNameSuggestions(file, path),
    ...projectNameSuggestions(path, directory),
    ...knownItems(path, present),
    ...labelSuggestions(file, path, present),
    ...(await variableValues(context, file, { ...cursor, path })),
    ...(await variableNames(context, file, path)),
    ...connectionSuggestions(file, { ...cursor, path }, 'value'),
    ...(await mountSuggestions(file, { ...cursor, path }, directory, workspace)),
    ...(await buildSuggestions(path, 'value', file, directory, workspace)),
    ...imageSuggestions(path, cursor.word, context.localImages),
    ...(await suggestionsByImage(path, 'value', file, directory, workspace)),
    ...(await providerTypes(workspace.machine, path, cursor.word)),
    ...(await providerValues(workspace.machine, path, siblingOf(file, path.slice(0, 4), 'type'))),
  ];
}

async function named(
  context: FeatureContext,
  file: SourceFile,
  path: Path,
  role: 'key' | 'value',
  present: readonly string[],
): Promise<Suggestion[]> {
  const { projects, workspace } = context;
  const reference = await projects.of(file.path);
  const names = await namesOf(workspace, reference);
  // A service to extend may be another file's.
  const elsewhere = path.at(-2) === 'extends' ? siblingOf(file, path, 'file') : undefined;
  const source =
    elsewhere === undefined ? file : await workspace.file(resolve(directoryFor(file, reference), elsewhere));
  if (source === undefined) return [];
  const left = new Set([...present, ...(path[0] === 'services' ? jobsOf(names.files) : [])]);
  return nameSuggestions(path, role, names.with(source), source).filter(({ label }) => !left.has(label));
}

/** The names of jobs, which only jobs can wait for. */
function jobsOf(files: readonly SourceFile[]): readonly string[] {
  const sections = files.flatMap(({ roots }) => roots.map((root) => valueIn(root, 'jobs')));
  return sections.flatMap((section) => (section?.kind === 'map' ? section.entries.map(keyText) : []));
}

/** A neighbour's value in the map around the cursor. */
function siblingOf(file: SourceFile, path: Path, key: string): string | undefined {
  const parent = path.slice(0, -1);
  for (const root of file.roots) {
    const found = nodeAtPath(root, [...parent, key]);
    if (found !== undefined) return stringOf(found);
  }
  return undefined;
}

function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const suggestion of suggestions) {
    const key = suggestion.kind === 'snippet' ? `${suggestion.label} …` : suggestion.label.replace(/=$/, '');
    if (!found.has(key)) found.set(key, suggestion);
  }
  return [...found.values()];
}

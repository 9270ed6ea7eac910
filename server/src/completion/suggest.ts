import { resolve } from '#system/path.ts';
import type { Path } from '#compose/values/path.ts';
import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { stringOf } from '#compose/syntax/edit.ts';
import type { FeatureContext } from '../context.ts';
import { directoryFor } from '../workspace/directories.ts';
import type { SourceFile } from '../workspace/files.ts';
import { namesOf } from '../workspace/names.ts';
import { anchorSuggestions, mergeKeySuggestion } from './anchors.ts';
import { buildSuggestions } from './build.ts';
import { containerNameSuggestions } from './by-example.ts';
import { connectionSuggestions } from './connections.ts';
import { suggestionsByImage } from './image.ts';
import { imageSuggestions } from './images.ts';
import { awaitingSuggestion, keySuggestions } from './keys.ts';
import { knownKeys } from './known-keys.ts';
import { checkedServices, lackingIn } from './lacking.ts';
import { mountSuggestions } from './mounts.ts';
import { nameSuggestions, undeclaredSuggestions } from './names.ts';
import { pathSuggestions } from './paths.ts';
import { meantPath } from '../workspace/meant-path.ts';
import { restOfService } from './rest-of-service.ts';
import { snippetSuggestions } from './snippets.ts';
import type { Suggestion } from './suggestion.ts';
import { valueSuggestions } from './values.ts';

/** Everything that makes sense at the cursor. */
export async function suggest(
  context: FeatureContext,
  file: SourceFile,
  cursor: CursorContext,
): Promise<Suggestion[]> {
  const anchors = anchorSuggestions(file, cursor);
  if (anchors.length > 0 || cursor.word.startsWith('*')) return anchors;
  const path = meantPath(file, cursor.path);
  const suggestions: Suggestion[] = [];
  if (cursor.fits.key && /^[\w.$<-]*$/.test(cursor.word)) {
    const keys = keySuggestions(path, cursor.keys, lackingIn(file, path, cursor.keys));
    // Names as keys of a map: only where it is one already, since mostly they are listed.
    if (!cursor.fits.item) suggestions.push(...(await named(context, file, path, 'key', cursor.keys)));
    const directory = directoryFor(file, await context.projects.of(file.path));
    const args = await buildSuggestions(path, 'key', file, directory, context.workspace);
    const byImage = await suggestionsByImage(path, 'key', file, directory, context.workspace);
    const addresses = connectionSuggestions(file, { ...cursor, path }, 'key');
    const free = [...args, ...byImage, ...addresses, ...knownKeys(path, cursor.keys)];
    suggestions.push(...undeclaredSuggestions(path, file, cursor.keys));
    suggestions.push(...keys, ...free.filter(({ label }) => !cursor.keys.includes(label)));
    if (keys.length > 0 && path.length > 0) suggestions.push(...mergeKeySuggestion(file, cursor));
    if (!cursor.flow && !cursor.colonFollows)
      suggestions.push(...awaitingSuggestion(path, cursor.keys, checkedServices(file)));
    suggestions.push(...snippetSuggestions(path, cursor), ...restOfService(file, path, cursor));
  }
  if (cursor.fits.scalar) suggestions.push(...(await values(context, file, cursor, path, cursor.items)));
  if (cursor.fits.item) {
    const item = [...path, cursor.items.length];
    const ofItem = await values(context, file, { ...cursor, path: item }, item, cursor.items);
    const keys = keySuggestions(item, []);
    for (const suggestion of [...ofItem, ...keys]) suggestions.push({ ...suggestion, asItem: true });
  }
  return unique(suggestions);
}

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
    ...connectionSuggestions(file, { ...cursor, path }, 'value'),
    ...(await mountSuggestions(file, { ...cursor, path }, directory, workspace)),
    ...(await buildSuggestions(path, 'value', file, directory, workspace)),
    ...imageSuggestions(path, cursor.word, context.localImages),
    ...(await suggestionsByImage(path, 'value', file, directory, workspace)),
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
  // Names change seldom: the newest load is good enough to know which files there are.
  const loaded = projects.newest(reference)?.loaded ?? (await projects.load(reference));
  const names = await namesOf(workspace, loaded);
  // A service to extend may be another file's.
  const elsewhere = path.at(-2) === 'extends' ? siblingOf(file, path, 'file') : undefined;
  const source =
    elsewhere === undefined ? file : await workspace.file(resolve(directoryFor(file, reference), elsewhere));
  if (source === undefined) return [];
  return nameSuggestions(path, role, names.with(source), source).filter(
    ({ label }) => !present.includes(label),
  );
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
    const key = suggestion.kind === 'snippet' ? `${suggestion.label} …` : suggestion.label;
    if (!found.has(key)) found.set(key, suggestion);
  }
  return [...found.values()];
}

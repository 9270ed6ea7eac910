import type { CancellationToken } from 'vscode-languageserver';
import { PatternTable } from '#compose/values/path.ts';
import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Tags } from '../registry/tags.ts';
import { meantPath } from '../workspace/meant-path.ts';
import type { Suggestion } from './suggestion.ts';
import { wording } from '../words/words.ts';
import { newerTag } from '../registry/newer-tag.ts';
import { splitReference } from '#compose/values/image-reference.ts';

const places = new PatternTable<true>([
  ['services.*.image', true],
  ['models.*.model', true],
]);

/** More than this in one list helps nobody: the rest comes as more is typed. */
const most = 200;
/** Milliseconds that a suggestion may wait for a registry. */
const patience = 300;

export interface TagSuggestions {
  readonly suggestions: readonly Suggestion[];
  /** There will be more, or others, when it is asked again. */
  readonly incomplete: boolean;
}

/** The tags that a registry has for the image at the cursor, once a colon is typed behind its name. */
export async function tagSuggestions(
  tags: Tags,
  file: SourceFile,
  cursor: CursorContext,
  token: CancellationToken,
): Promise<TagSuggestions> {
  const none = { suggestions: [], incomplete: false };
  if (!cursor.fits.scalar || places.match(meantPath(file, cursor.path)) === undefined) return none;
  const { name, tag: typed, digest } = splitReference(cursor.word);
  if (typed === undefined || digest !== undefined || /[\s$]|^$|[/:]$/.test(name) || !/^[\w.-]*$/.test(typed))
    return none;
  let known = await tags.known(name);
  if (known === undefined && tags.isFetching(name)) {
    await firstOf(tags.settled(name), token);
    if (token.isCancellationRequested) return none;
    known = await tags.known(name);
  }
  if (known === undefined) return { ...none, incomplete: tags.isFetching(name) };
  const written = splitReference(file.text.slice(cursor.start, cursor.end)).tag ?? '';
  const fitting = sameKindFirst(
    known.tags.filter((tag) => tag.startsWith(typed)),
    written,
  );
  return {
    suggestions: fitting.slice(0, most).map((tag, i) => ({
      label: `${name}:${tag}`,
      as: { scalar: `${name}:${tag}` },
      kind: 'image',
      detail: wording('completion.in-registry'),
      rank: 2,
      order: i,
    })),
    incomplete: fitting.length > most,
  };
}

/** What is newer and of the same kind as the tag that is there first, then others with its suffix. */
function sameKindFirst(tags: readonly string[], written: string): readonly string[] {
  const suffix = /^v?\d[\d.]*(-.+)$/.exec(written)?.[1];
  const newer = newerTag(tags, written);
  const group = (tag: string) => (tag === newer ? 0 : suffix !== undefined && tag.endsWith(suffix) ? 1 : 2);
  return tags.toSorted((a, b) => group(a) - group(b));
}

/** Resolves with the work, with the request's end, or when it has taken long enough. */
function firstOf(work: Promise<void>, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, patience);
    const listener = token.onCancellationRequested(done);
    void work.then(done);
    function done(): void {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    }
  });
}

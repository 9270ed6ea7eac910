import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import type { Path } from '#compose/values/path.ts';
import raw from '../../../snippets/compose.json' with { type: 'json' };
import type { Suggestion } from './suggestion.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly body: readonly string[];
}

/** What a snippet is: a section of a file, a service, or attributes of one. */
type SnippetPlace = 'file' | 'service' | 'attribute';

const all = Object.values<Snippet>(raw).map((snippet) => ({ ...snippet, place: placeOf(snippet) }));

/** Whole pieces of a file, where they can stand: a service among services, its attributes in a service that has none of them yet. */
export function snippetSuggestions(path: Path, cursor: CursorContext): Suggestion[] {
  if (!cursor.fits.key || cursor.flow || cursor.colonFollows || cursor.quote !== '') return [];
  const wanted = wantedAt(path);
  if (wanted === undefined) return [];
  return all.flatMap(({ prefix, body, place }, order): Suggestion[] => {
    const [label = ''] = prefix;
    if (place !== wanted || keysOf(body).some((key) => cursor.keys.includes(key))) return [];
    return [
      {
        label,
        as: { snippet: body },
        kind: 'snippet',
        filter: prefix.join(' '),
        documentation: { yaml: shown(body) },
        rank: wanted === 'service' ? 1 : 6,
        order,
      },
    ];
  });
}

function wantedAt(path: Path): SnippetPlace | undefined {
  if (path.length === 0) return 'file';
  if (path[0] !== 'services') return undefined;
  if (path.length === 1) return 'service';
  // In a list there are no services.
  return path.length === 2 && typeof path[1] === 'string' ? 'attribute' : undefined;
}

function placeOf({ body }: Snippet): SnippetPlace {
  const [first = '', second = '', third = ''] = body;
  if (/^(?:services:|include:|x-)/.test(first)) return 'file';
  if (
    /^(?:networks|secrets|configs):$/.test(first) &&
    /:$/.test(second) &&
    /^ {4}(?:file|internal):/.test(third)
  )
    return 'file';
  return /^ {2}(?:image|build):/.test(second) && first.startsWith('$') ? 'service' : 'attribute';
}

/** What the template of a service with this image has, but for the image itself; `undefined` where there is none. */
export function serviceFor(image: string): { key: string; lines: string[] }[] | undefined {
  const template = all.find(
    ({ place, body }) => place === 'service' && body.some((line) => line.startsWith(`  image: ${image}:`)),
  );
  if (template === undefined) return undefined;
  const sections: { key: string; lines: string[] }[] = [];
  for (const line of template.body.slice(1)) {
    const key = /^ {2}([\w-]+):/.exec(line)?.[1];
    if (key !== undefined) sections.push({ key, lines: [] });
    sections.at(-1)?.lines.push(line.slice(2));
  }
  return sections.filter(({ key }) => key !== 'image');
}

/** The keys that it brings along, where they are not placeholders. */
function keysOf(body: readonly string[]): readonly string[] {
  return body.flatMap((line) => /^([\w<-]+):/.exec(line)?.[1] ?? []);
}

/** The text with every placeholder left as it is suggested. */
export function shown(body: readonly string[]): string {
  let text = body.join('\n');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/(?<!\\)\$\{\d+(?::([^{}]*)|\|([^,|]*)[^|]*\|)?\}/g, (_all, plain, choice) =>
      String(plain ?? choice ?? ''),
    );
  }
  return text.replace(/(?<!\\)\$\d/g, '').replaceAll('\\$', '$');
}

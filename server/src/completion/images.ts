import { type Path, PatternTable } from '#compose/values/path.ts';
import type { Suggestion } from './suggestion.ts';
import { wording } from '../words/words.ts';

const places = new PatternTable<true>([['services.*.image', true]]);

/** Images that the engine has, as the client last told. */
export function imageSuggestions(path: Path, local: readonly string[]): Suggestion[] {
  if (places.match(path) === undefined) return [];
  return local.map((image) => ({
    label: image,
    as: { scalar: image },
    kind: 'image',
    detail: wording('completion.on-engine'),
    rank: 1,
  }));
}

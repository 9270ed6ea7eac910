import { splitReference } from '#compose/values/image-reference.ts';
import type { Tags } from '../registry/tags.ts';
import { newerTag } from '../registry/newer-tag.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { type Wording, wording, type Words } from '../words/words.ts';

/** Tags that a hover shows. */
const shown = 8;

/** What a registry has of an image, as far as it is known at once; what is not is there at the next look. */
export async function tagsOfImage(tags: Tags, image: string, words: Words): Promise<string | undefined> {
  const known = await tags.known(image);
  if (known === undefined || known.tags.length === 0) return undefined;
  const tag = splitReference(image).tag || 'latest';
  const there = known.tags.includes(tag);
  const first = known.tags.slice(0, shown).map((each) => `\`${each}\``);
  const more = known.tags.length > shown ? ', …' : '';
  const about = there ? wording('hover.tag-known', { tag }) : wording('hover.tag-unknown', { tag });
  const list = wording('hover.tags', { age: agoOf(known.age), tags: `${first.join(', ')}${more}` });
  const newer = newerTag(known.tags, tag);
  const parts = newer === undefined ? [about, list] : [about, wording('hover.newer', { tag, newer }), list];
  return parts.map((part) => formatPhrase(part, words)).join('\n\n');
}

function agoOf(milliseconds: number): Wording {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return wording('age.now');
  if (minutes < 90) return wording('age.minutes', { minutes });
  const hours = Math.round(minutes / 60);
  return hours < 36 ? wording('age.hours', { hours }) : wording('age.days', { days: Math.round(hours / 24) });
}

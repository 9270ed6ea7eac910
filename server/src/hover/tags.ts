import { withoutTag } from '#compose/model/image-page.ts';
import type { Tags } from '../registry/tags.ts';

/** Tags that a hover shows. */
const shown = 8;

/** What a registry has of an image, as far as it is known at once; what is not is there at the next look. */
export async function tagsOfImage(tags: Tags, image: string): Promise<string | undefined> {
  const known = await tags.known(image);
  if (known === undefined || known.tags.length === 0) return undefined;
  const name = withoutTag(image) ?? image;
  const tag = image.slice(name.length).replace(/@.*$/, '').replace(/^:/, '') || 'latest';
  const there = known.tags.includes(tag);
  const first = known.tags.slice(0, shown).map((each) => `\`${each}\``);
  const more = known.tags.length > shown ? ', …' : '';
  const about = there
    ? `The registry has \`${tag}\`.`
    : `\`${tag}\` is not among the tags known of the registry.`;
  return `${about}\n\nTags, as of ${agoOf(known.age)}: ${first.join(', ')}${more}`;
}

function agoOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 90) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}

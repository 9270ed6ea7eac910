import type { ContainerSummary, ImageDetails } from '#engine/api/engine-objects.ts';
import { shortImageId } from '#engine/project/short-image-id.ts';
import { sizeText } from '../files/file-look.ts';
import { formatDuration } from '../shared/format-duration.ts';
import type { Translate } from '../shared/translate.ts';

/** Names of containers that fit in a line. */
const mostNamed = 2;

export type ImageOrder = 'size' | 'age' | 'name' | 'unused';

/** An image of an engine, once for each of its names. */
export interface ListedImage {
  /** Its name, or its id where it has none. */
  readonly reference: string;
  readonly label: string;
  readonly image: ImageDetails;
  readonly users: readonly ContainerSummary[];
}

/** In that order: the largest, the newest, by name, or what no container uses first, the largest of it before. */
export function listImages(
  images: readonly ImageDetails[],
  containers: readonly ContainerSummary[],
  order: ImageOrder,
): readonly ListedImage[] {
  const listed = images.flatMap((image): ListedImage[] => {
    const users = containers.filter(
      ({ imageId, image: name }) => imageId === image.id || image.tags.includes(name),
    );
    return image.tags.length === 0
      ? [{ reference: image.id, label: shortImageId(image.id), image, users }]
      : image.tags.map((tag) => ({ reference: tag, label: tag, image, users }));
  });
  const bySize = (a: ListedImage, b: ListedImage) =>
    (b.image.size ?? 0) - (a.image.size ?? 0) || (a.label < b.label ? -1 : 1);
  const orders = {
    size: bySize,
    age: (a, b) => (b.image.createdAt ?? 0) - (a.image.createdAt ?? 0) || bySize(a, b),
    name: (a, b) => (a.label < b.label ? -1 : 1),
    unused: (a, b) => Math.min(1, a.users.length) - Math.min(1, b.users.length) || bySize(a, b),
  } as const satisfies Readonly<Record<ImageOrder, (a: ListedImage, b: ListedImage) => number>>;
  return listed.sort(orders[order]);
}

/** What is said beside its name: size, age, who uses it, whether it has a name, and whether the registry has newer. */
export function imageText(
  { image, users }: ListedImage,
  { t, now, isOlder }: { readonly t: Translate; readonly now: number; readonly isOlder: boolean },
): string {
  const names = users.slice(0, mostNamed).map(({ name }) => name);
  if (users.length > names.length) names.push('…');
  return [
    image.size === undefined ? '' : sizeText(image.size, t),
    image.createdAt === undefined ? '' : t('{0} ago', formatDuration(now - image.createdAt, t)),
    names.length === 0 ? t('unused') : names.join(', '),
    image.tags.length === 0 ? t('no name (dangling)') : '',
    isOlder ? t('outdated image') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** What it runs on: `linux/amd64, linux/arm64`. */
export function platformsOf({ platforms, os, architecture, variant }: ImageDetails): string {
  if (platforms === undefined) return [os, architecture, variant].filter(Boolean).join('/');
  return [...new Set(platforms.map((each) => `${each.os}/${each.architecture}`))].join(', ');
}

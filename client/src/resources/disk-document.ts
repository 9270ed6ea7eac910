import type { DiskUsage, UsedSpace } from '#engine/api/engine-objects.ts';
import { shortImageId } from '#engine/project/short-image-id.ts';
import { sizeText } from '../files/file-look.ts';
import type { Translate } from '../shared/translate.ts';

/** Entries of a kind that are shown. */
const mostShown = 20;

/** Of an image, with what others have, too. */
type Shown = UsedSpace & { readonly shared?: number };

/** What takes room on an engine, kind by kind, the largest first; `+` before what nothing uses and can be had again, `!` before data that nothing uses. */
export function diskDocument(title: string, usage: DiskUsage, t: Translate): string {
  const { images, containers, volumes, cache, layers } = usage;
  const unusedImages = images.filter((image) => image.containers === 0);
  const stopped = containers.filter(({ isRunning }) => !isRunning);
  const unusedVolumes = volumes.filter((volume) => volume.containers === 0);
  const free = unusedImages.reduce((all, image) => all + ownSize(image), 0) + sum(stopped) + cache.free;
  const own = (each: Shown) =>
    each.shared ? ` · ${t('{0} shared with other images', size(each.shared))}` : '';
  const size = (bytes: number) => sizeText(bytes, t);
  const heading = (what: string, bytes: number) => `@@ ${t('{0}: {1}', what, size(bytes))} @@`;
  const rows = (all: readonly Shown[], mark: (each: UsedSpace) => string) => {
    const sorted = [...all].sort((a, b) => b.size - a.size);
    const shown = sorted
      .slice(0, mostShown)
      .map((each) => `${mark(each)} ${size(each.size).padStart(8)}  ${nameOf(each)}${own(each)}`);
    return sorted.length > shown.length
      ? [...shown, `  ${t('and {0} more', sorted.length - shown.length)}`]
      : shown;
  };
  const marked = (safe: readonly UsedSpace[], mark: string) => (each: UsedSpace) =>
    safe.includes(each) ? mark : ' ';
  return [
    title,
    t('Up to {0} can safely go (+): it can be pulled or built again.', size(free)),
    t('Clean Up Engine removes that, but for stopped containers of projects.'),
    t('Volumes hold data. Those that no container uses are marked (!), and stay.'),
    '',
    heading(t('Images'), layers),
    ...rows(images, marked(unusedImages, '+')),
    '',
    heading(t('Containers'), sum(containers)),
    ...rows(containers, marked(stopped, '+')),
    '',
    heading(t('Volumes'), sum(volumes)),
    ...rows(volumes, marked(unusedVolumes, '!')),
    '',
    heading(t('Build cache'), cache.size),
    ...(cache.free > 0 ? [`+ ${size(cache.free).padStart(8)}  ${t('not in use')}`] : []),
    '',
  ].join('\n');
}

/** Bytes that would be free without these. Layers that other images have, too, stay. */
export function freedBy(
  usage: DiskUsage,
  gone: {
    readonly images: readonly { readonly id: string }[];
    readonly containers: readonly { readonly id: string }[];
    readonly buildCache: boolean;
  },
): number {
  const ids = new Set([...gone.images, ...gone.containers].map(({ id }) => id));
  const images = usage.images.filter(({ id }) => ids.has(id));
  return (
    images.reduce((all, image) => all + ownSize(image), 0) +
    sum(usage.containers.filter(({ id }) => ids.has(id))) +
    (gone.buildCache ? usage.cache.free : 0)
  );
}

function ownSize({ size, shared = 0 }: Shown): number {
  return Math.max(0, size - shared);
}

function sum(all: readonly UsedSpace[]): number {
  return all.reduce((size, each) => size + each.size, 0);
}

function nameOf({ name, id }: UsedSpace): string {
  return name === id && id.startsWith('sha256:') ? shortImageId(id) : name;
}

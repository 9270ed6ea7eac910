import type { DiskUsage, UsedSpace } from '#engine/api/engine-objects.ts';
import { shortImageId } from '#engine/project/short-image-id.ts';
import { sizeText } from '../files/file-look.ts';
import type { Translate } from '../shared/translate.ts';

/** Entries of a kind that are shown. */
const mostShown = 20;

/** What takes room on an engine, kind by kind, the largest first; `+` before what nothing uses and can be had again, `!` before data that nothing uses. */
export function diskDocument(title: string, usage: DiskUsage, t: Translate): string {
  const { images, containers, volumes, cache, layers } = usage;
  const unusedImages = images.filter((image) => image.containers === 0);
  const stopped = containers.filter(({ isRunning }) => !isRunning);
  const unusedVolumes = volumes.filter((volume) => volume.containers === 0);
  const own = (image: DiskUsage['images'][number]) => Math.max(0, image.size - image.shared);
  const free = unusedImages.reduce((all, image) => all + own(image), 0) + sum(stopped) + cache.free;
  const size = (bytes: number) => sizeText(bytes, t);
  const rows = (all: readonly UsedSpace[], mark: (each: UsedSpace) => string) => {
    const sorted = [...all].sort((a, b) => b.size - a.size);
    const shown = sorted
      .slice(0, mostShown)
      .map((each) => `${mark(each)} ${size(each.size).padStart(8)}  ${nameOf(each)}`);
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
    `@@ ${t('Images')}: ${size(layers)} @@`,
    ...rows(images, marked(unusedImages, '+')),
    '',
    `@@ ${t('Containers')}: ${size(sum(containers))} @@`,
    ...rows(containers, marked(stopped, '+')),
    '',
    `@@ ${t('Volumes')}: ${size(sum(volumes))} @@`,
    ...rows(volumes, marked(unusedVolumes, '!')),
    '',
    `@@ ${t('Build cache')}: ${size(cache.size)} @@`,
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
    images.reduce((all, { size, shared }) => all + Math.max(0, size - shared), 0) +
    sum(usage.containers.filter(({ id }) => ids.has(id))) +
    (gone.buildCache ? usage.cache.free : 0)
  );
}

function sum(all: readonly UsedSpace[]): number {
  return all.reduce((size, each) => size + each.size, 0);
}

function nameOf({ name, id }: UsedSpace): string {
  return name === id && id.startsWith('sha256:') ? shortImageId(id) : name;
}

import type { ImageDetails } from '../api/engine-objects.ts';
import type { Service } from '#compose/model/project.ts';
import { imageName } from '../project/names.ts';
export type Images = Readonly<Record<string, ImageDetails>>;

/** The image of a service for its platform, where the engine keeps several of one name; else the one there is. `undefined`: none. */
export function imageOf(
  images: Images,
  project: string,
  name: string,
  service: Service,
): ImageDetails | undefined {
  return onPlatform(images[imageName(project, name, service)], service.platform);
}

/** What is mounted from images, as the label says it: `target=digest,…`; `undefined` without such mounts. */
export function imageMountDigests({ volumes = [] }: Service, images: Images): string | undefined {
  const digests = volumes.flatMap(({ type, source, target }) => {
    const digest = type === 'image' && source !== undefined ? images[source]?.contentDigest : undefined;
    return digest === undefined ? [] : [`${target}=${digest}`];
  });
  return digests.length === 0 ? undefined : digests.sort().join(',');
}

export function onPlatform(
  image: ImageDetails | undefined,
  platform: string | undefined,
): ImageDetails | undefined {
  if (platform === undefined) return image;
  const own = image?.platforms?.find((each) => fitsPlatform(each, platform));
  return image === undefined || own === undefined ? image : { ...image, ...own };
}

export function fitsPlatform(image: Pick<ImageDetails, 'os' | 'architecture'>, platform: string): boolean {
  const [os, architecture] = platform.split('/');
  return os === image.os && (architecture === undefined || architecture === image.architecture);
}

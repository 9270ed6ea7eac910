import type { ImageDetails } from '../api/engine-objects.ts';

/** Whether an image of the engine is what a registry calls by this digest. */
export function hasDigest({ digests }: Pick<ImageDetails, 'digests'>, digest: string): boolean {
  return digests.some((each) => each.endsWith(`@${digest}`));
}

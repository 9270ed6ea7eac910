import { registryOrigin } from '#compose/registry/address.ts';
import { parseImageReference, splitReference } from '#compose/values/image-reference.ts';

/** Where an image's tags are kept. */
export interface Repository {
  /** As in the file, without its tag: `nginx`, `ghcr.io/team/app`. */
  readonly name: string;
  /** The registry's own address, without a slash at the end. */
  readonly registry: string;
  /** The path within it: `library/nginx`. */
  readonly path: string;
}

/** The repository that an image belongs to; `undefined` for a text that names none, such as one with a variable. */
export function repositoryOf(image: string): Repository | undefined {
  const reference = parseImageReference(image);
  if (reference.kind === 'error') return undefined;
  const { registry, path } = reference;
  return { name: splitReference(image).name, registry: registryOrigin(registry), path };
}

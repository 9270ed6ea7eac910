import { completeName, dockerHub } from '../values/image-reference.ts';

/** The web page of an image or model, where its registry has one people can read. */
export function imagePage(reference: string): string | undefined {
  const name = repositoryName(reference);
  if (name === undefined) return undefined;
  const { registry, path } = completeName(name);
  switch (registry) {
    case dockerHub:
      return hubPage(path);
    case 'ghcr.io':
    case 'hf.co':
      return `https://${registry}/${path}`;
    case 'mcr.microsoft.com':
      return `https://mcr.microsoft.com/artifact/mar/${path}`;
    case 'quay.io':
      return `https://quay.io/repository/${path}`;
    default:
      return undefined;
  }
}

/**
 * The text of an image reference up to its tag or digest, which is also what a link underlines; `undefined` for none. More is taken than for images: models
 * have capital letters, and a tag may still be to come. A host alone is no image.
 */
export function repositoryName(reference: string): string | undefined {
  const name = /^((?:[\w.-]+(?::\d+)?\/)?[a-zA-Z0-9._/-]*[a-zA-Z0-9])(?::[\w.-]*)?(?:@[\w:]+)?$/.exec(
    reference,
  )?.[1];
  return name === undefined || (!name.includes('/') && /[.:]|^localhost$/.test(name)) ? undefined : name;
}

function hubPage(path: string): string {
  return path.startsWith('library/') && path.split('/').length === 2
    ? `https://hub.docker.com/_/${path.slice('library/'.length)}`
    : `https://hub.docker.com/r/${path}`;
}

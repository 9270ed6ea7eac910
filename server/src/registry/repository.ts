import { withoutTag } from '#compose/model/image-page.ts';

/** Where an image's tags are kept. */
export interface Repository {
  /** As in the file, without its tag: `nginx`, `ghcr.io/team/app`. */
  readonly name: string;
  /** The registry's own address, without a slash at the end. */
  readonly registry: string;
  /** The path within it: `library/nginx`. */
  readonly path: string;
}

export const dockerHub = 'https://registry-1.docker.io';

/** The repository that an image belongs to; `undefined` for a text that names none, such as one with a variable. */
export function repositoryOf(image: string): Repository | undefined {
  const name = withoutTag(image);
  if (name === undefined || name !== name.toLowerCase() || /^[0-9a-f]{64}$/.test(name)) return undefined;
  const slash = name.indexOf('/');
  const host = slash === -1 ? '' : name.slice(0, slash);
  const remote = host === 'localhost' || /[.:]/.test(host);
  if (!remote || host === 'docker.io' || host === 'index.docker.io') {
    const path = remote ? name.slice(slash + 1) : name;
    return { name, registry: dockerHub, path: path.includes('/') ? path : `library/${path}` };
  }
  // What runs on this machine needs no certificate, as for the engine.
  const scheme = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host) ? 'http' : 'https';
  return { name, registry: `${scheme}://${host}`, path: name.slice(slash + 1) };
}

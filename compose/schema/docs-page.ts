import type { Path } from '../values/path.ts';

const reference = 'https://docs.docker.com/reference/compose-file/';

/** Sections of a service that have a page of their own. */
const ownPages: ReadonlySet<string> = new Set(['build', 'deploy', 'develop']);

const pages: Readonly<Record<string, string>> = {
  services: 'services/',
  networks: 'networks/',
  volumes: 'volumes/',
  secrets: 'secrets/',
  configs: 'configs/',
  models: 'models/',
  include: 'include/',
  name: 'version-and-name/',
  version: 'version-and-name/',
};

/** The page of Docker's reference that describes the value at a path; `undefined` where there is none. */
export function docsPage(path: Path): string | undefined {
  const [section, , attribute, inner] = path;
  if (typeof section !== 'string') return undefined;
  if (section.startsWith('x-')) return `${reference}extension/`;
  const page = pages[section];
  if (page === undefined) return undefined;
  if (typeof attribute !== 'string' || section === 'include') return `${reference}${page}`;
  if (section === 'services' && ownPages.has(attribute)) {
    return typeof inner === 'string'
      ? `${reference}${attribute}/#${inner}`
      : `${reference}services/#${attribute}`;
  }
  return `${reference}${page}#${attribute}`;
}

// Where the project is published. Its address is written once, as `repository` in package.json; whatever else has it is derived here.

/** @typedef {{ readonly version: string, readonly repository?: { readonly url: string } }} Manifest */

/**
 * The addresses of the project, and of one version's pages and files: those of the tag, so that an old version's stay as they were.
 *
 * @param {Manifest} manifest
 */
export function addressesOf({ version, repository }) {
  const url = repository?.url.replace(/^git\+/, '').replace(/\.git$/, '') ?? '';
  if (!/^https:\/\/[^/]+\/[^/]+\/[^/]+$/.test(url))
    throw new Error('package.json: `repository.url` is to be https://HOST/OWNER/NAME.git');
  return {
    repository: url,
    homepage: `${url}#readme`,
    bugs: `${url}/issues`,
    questions: `${url}/discussions`,
    /** Pages to be read. */
    pages: `${url}/blob/v${version}`,
    /** Files as they are, for pictures. */
    files: `${url}/raw/v${version}`,
  };
}

/**
 * Odd minors are pre-releases, even ones releases; the Marketplace knows no other mark in the version.
 *
 * @param {string} version
 * @returns {'release' | 'pre-release'}
 */
export function channelOf(version) {
  const [, minor] = /^\d+\.(\d+)\.\d+$/.exec(version) ?? [];
  if (minor === undefined) throw new Error(`${version} is no version such as 1.2.3`);
  return Number(minor) % 2 === 1 ? 'pre-release' : 'release';
}

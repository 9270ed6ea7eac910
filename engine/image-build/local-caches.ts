import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readFileText, unlessMissing } from '#disk/read-file.ts';
import { wholeFile } from '#disk/whole-file.ts';
import type { BuildCache } from './caches.ts';

/** Caches in folders of this computer, for a builder: what it is told of them, and where they are. */
export interface LocalCaches {
  readonly imports: readonly BuildCache[];
  readonly exports: readonly BuildCache[];
  /** Folders by the names that the builder has for them. */
  readonly contents: ReadonlyMap<string, string>;
  /** Writes down which of a folder's blobs the cache is, after the build. */
  readonly solved: (response: ReadonlyMap<string, string>) => Promise<void>;
}

interface Named {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

const nameOf = 'org.opencontainers.image.ref.name';
const usualTag = 'latest';

/**
 * `cache_from` and `cache_to` of a build with the folders of `type=local` where they are (`src`, `dest`, relative to the project's). A folder without a cache of that
 * `tag` is left out of what is read, as by buildx (https://docs.docker.com/build/cache/backends/local/).
 */
export async function localCaches(
  from: readonly BuildCache[],
  to: readonly BuildCache[],
  directory: string,
): Promise<LocalCaches> {
  const contents = new Map<string, string>();
  const imports: BuildCache[] = [];
  for (const cache of from) {
    const { src } = cache.attributes;
    if (cache.type !== 'local') imports.push(cache);
    else if (src !== undefined) {
      const folder = resolve(directory, src);
      const digest = cache.attributes.digest ?? (await digestIn(folder, cache.attributes.tag ?? usualTag));
      if (digest === undefined) continue;
      contents.set(`local:${folder}`, folder);
      imports.push({ type: 'local', attributes: { ...cache.attributes, src: folder, digest } });
    }
  }
  const exports: BuildCache[] = [];
  const tags = new Map<string, string>();
  for (const cache of to) {
    const { dest } = cache.attributes;
    if (cache.type !== 'local' || dest === undefined) exports.push(cache);
    else {
      const folder = resolve(directory, dest);
      contents.set(`local:${folder}`, folder);
      tags.set(folder, cache.attributes.tag ?? usualTag);
      exports.push({ type: 'local', attributes: { ...cache.attributes, dest: folder } });
    }
  }
  const solved = async (response: ReadonlyMap<string, string>) => {
    const manifest = response.get('cache.manifest');
    if (manifest !== undefined)
      for (const [folder, tag] of tags) await nameManifest(folder, tag, JSON.parse(manifest));
  };
  return { imports, exports, contents, solved };
}

async function digestIn(folder: string, tag: string): Promise<string | undefined> {
  return (await manifestsIn(folder)).find(({ annotations }) => annotations?.[nameOf] === tag)?.digest;
}

/** Those that `index.json` names; none where there is no such file, or it is none. */
async function manifestsIn(folder: string): Promise<readonly Named[]> {
  const text = await readFileText(join(folder, 'index.json'), 'content').catch(unlessMissing);
  try {
    const { manifests }: { manifests?: unknown } = JSON.parse(text ?? '{}');
    return Array.isArray(manifests) ? manifests : [];
  } catch {
    return [];
  }
}

/** In the OCI image layout; what had the name is another one's no longer. */
async function nameManifest(folder: string, tag: string, manifest: Named): Promise<void> {
  await mkdir(folder, { recursive: true });
  const others = (await manifestsIn(folder)).filter(({ annotations }) => annotations?.[nameOf] !== tag);
  const named = { ...manifest, annotations: { ...manifest.annotations, [nameOf]: tag } };
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const index = { schemaVersion: 2, mediaType, manifests: [...others, named] };
  for (const [name, content] of [
    ['index.json', index],
    ['oci-layout', { imageLayoutVersion: '1.0.0' }],
  ] as const)
    await wholeFile(join(folder, name), (partial) => writeFile(partial, JSON.stringify(content)));
}

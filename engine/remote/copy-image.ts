import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { manifestTypes } from '#compose/registry/manifest-types.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { entriesIn, type ManifestEntry, parseManifest } from './manifest.ts';
import type { RegistryPull } from './registry-pull.ts';
import { RemoteFailure } from './remote-failure.ts';
import { type Descriptor, digestOf, media } from '../publish/artifact.ts';
import type { RegistryPush } from '../publish/registry-client.ts';

/** In bytes; registries take no larger ones. */
const largestManifest = 4_000_000;

/**
 * Copies an image with all that it is made of, for each of its platforms, into another repository (`docker compose publish --app`). What that has is not
 * sent, what another repository of the same registry has is only named, and nothing is kept here. Resolves with what the image is. Rejects with
 * `EngineError`: `not-found` for what cannot be read, as `RegistryPush` for what cannot be written.
 */
export async function copyImage(from: RegistryPull, to: RegistryPush): Promise<Descriptor> {
  const image = await copyManifest(from, to, from.version).catch((error: unknown) => {
    if (!(error instanceof RemoteFailure)) throw error;
    const { reason } = error;
    const why = typeof reason === 'string' ? reason : formatPhrase(reason);
    throw new EngineError(
      'not-found',
      say`${from.repository} cannot be copied from ${from.registry}: ${why}. The images of a published application must be in a registry that you can read.`,
      { subject: from.repository, cause: error },
    );
  });
  const host = from.registry.replace(/:\d+$/, '');
  return { ...image, annotations: { [`containerd.io/distribution.source.${host}`]: from.repository } };
}

async function copyManifest(from: RegistryPull, to: RegistryPush, version: string): Promise<Descriptor> {
  const content = await from.manifest(version, largestManifest);
  const digest = digestOf(content);
  const manifest = parseManifest(content);
  if (manifest === undefined || (version.includes(':') && version !== digest))
    throw new EngineError('engine', say`The registry ${from.registry} gave no manifest for ${version}.`, {
      subject: `${from.repository}:${version}`,
    });
  const { manifests, config, layers } = manifest;
  for (const { digest: child } of entriesIn(manifests)) await copyManifest(from, to, child);
  for (const blob of [...entriesIn([config]), ...entriesIn(layers)])
    if (!blob.isElsewhere) await copyBlob(from, to, blob);
  const known = manifestTypes.find((type) => type === manifest.mediaType);
  const mediaType = known ?? (manifests === undefined ? media.manifest : media.index);
  if (!(await to.manifest(content, mediaType, digest)))
    throw new EngineError('engine', say`The registry ${to.registry} does not take ${mediaType}.`, {
      subject: from.repository,
    });
  return { mediaType, digest, size: content.length };
}

async function copyBlob(
  from: RegistryPull,
  to: RegistryPush,
  { digest, size }: ManifestEntry,
): Promise<void> {
  if (await to.has(digest)) return;
  if (from.registry === to.registry && (await to.mount(digest, from.repository))) return;
  await to.blobParts(digest, from.blobParts(digest, size));
}

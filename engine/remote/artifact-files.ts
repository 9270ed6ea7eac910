import { phrase } from '#compose/problem/phrase.ts';
import { digestOf, media } from '../publish/artifact.ts';
import { entriesIn, type Manifest, parseManifest } from './manifest.ts';
import type { RegistryPull } from './registry-pull.ts';
import { RemoteFailure } from './remote-failure.ts';

/** A published application as it lies on the disk: names without a folder. */
export type ArtifactFiles = ReadonlyMap<string, Buffer>;

const most = { layers: 1_000, manifestBytes: 4_000_000, layerBytes: 10_000_000 };

/** What a reference means now: the digest, in hexadecimal, and the manifest or index that it is of. Rejects with `RemoteFailure`. */
export async function manifestOf(
  registry: RegistryPull,
): Promise<{ readonly digest: string; readonly content: Buffer }> {
  const content = await registry.manifest(registry.version, most.manifestBytes);
  const digest = digestOf(content);
  if (registry.version.startsWith('sha256:') && digest !== registry.version)
    throw new RemoteFailure(phrase('remote-file.no-artifact'));
  return { digest: digest.slice('sha256:'.length), content };
}

/** The files of what {@link manifestOf} found, put together as Docker Compose does: several Compose files become documents of one. */
export async function artifactFiles(registry: RegistryPull, content: Buffer): Promise<ArtifactFiles> {
  const manifest = await applicationIn(registry, parsed(content));
  const layers = entriesIn(manifest.layers);
  const config = entriesIn([manifest.config])[0];
  const isApplication =
    manifest.artifactType === media.project ||
    (manifest.artifactType === undefined && config?.mediaType === media.emptyConfig);
  if (!isApplication || layers.length > most.layers)
    throw new RemoteFailure(phrase('remote-file.no-artifact'));
  const files = new Map<string, Buffer>();
  for (const [index, { mediaType, digest, annotations }] of layers.entries()) {
    if (mediaType !== media.file && mediaType !== media.env) continue;
    const blob = await registry.blob(digest, most.layerBytes);
    if (digestOf(blob) !== digest) throw new RemoteFailure(phrase('remote-file.no-artifact'));
    if (mediaType === media.env) {
      files.set(fileName(annotations.get('com.docker.compose.envfile')), blob);
      continue;
    }
    const file = annotations.get('com.docker.compose.file');
    const name = annotations.has('com.docker.compose.extends') ? fileName(file) : 'compose.yaml';
    const parts = [
      files.get(name),
      index > 0 && file !== undefined ? Buffer.from('\n---\n') : undefined,
      blob,
    ];
    files.set(name, Buffer.concat(parts.filter((part) => part !== undefined)));
  }
  return files;
}

/** Of an index, the manifest that is an application; the last, as Docker Compose takes it. */
async function applicationIn(registry: RegistryPull, manifest: Manifest): Promise<Manifest> {
  if (manifest.manifests === undefined) return manifest;
  const found = entriesIn(manifest.manifests).findLast(({ artifactType }) => artifactType === media.project);
  if (found === undefined) throw new RemoteFailure(phrase('remote-file.no-artifact'));
  const content = await registry.manifest(found.digest, most.manifestBytes);
  if (digestOf(content) !== found.digest) throw new RemoteFailure(phrase('remote-file.no-artifact'));
  return parsed(content);
}

function parsed(content: Buffer): Manifest {
  const manifest = parseManifest(content);
  if (manifest === undefined) throw new RemoteFailure(phrase('remote-file.no-artifact'));
  return manifest;
}

/** A name that leads nowhere else. */
function fileName(name: string | undefined): string {
  if (name === undefined || !/^[^\\/:\0]+$/.test(name) || name === '.' || name === '..')
    throw new RemoteFailure(phrase('remote-file.bad-artifact'));
  return name;
}

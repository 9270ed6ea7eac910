import { phrase } from '#compose/problem/phrase.ts';
import { digestOf, media } from '../publish/artifact.ts';
import type { RegistryPull } from './registry-pull.ts';
import { RemoteFailure } from './remote-failure.ts';

/** A published application as it lies on the disk: names without a folder. */
export type ArtifactFiles = ReadonlyMap<string, Buffer>;

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly artifactType: string | undefined;
  readonly annotations: ReadonlyMap<string, string>;
}

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
  const layers = descriptorsIn(manifest.layers);
  const config = descriptorsIn([manifest.config])[0];
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
async function applicationIn(registry: RegistryPull, manifest: Shape): Promise<Shape> {
  if (manifest.manifests === undefined) return manifest;
  const found = descriptorsIn(manifest.manifests).findLast(
    ({ artifactType }) => artifactType === media.project,
  );
  if (found === undefined) throw new RemoteFailure(phrase('remote-file.no-artifact'));
  const content = await registry.manifest(found.digest, most.manifestBytes);
  if (digestOf(content) !== found.digest) throw new RemoteFailure(phrase('remote-file.no-artifact'));
  return parsed(content);
}

interface Shape {
  readonly artifactType?: unknown;
  readonly config?: unknown;
  readonly layers?: unknown;
  readonly manifests?: unknown;
}

function parsed(content: Buffer): Shape {
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new RemoteFailure(phrase('remote-file.no-artifact'));
}

function descriptorsIn(value: unknown): readonly Descriptor[] {
  return (Array.isArray(value) ? value : []).flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const { mediaType, digest, artifactType, annotations } = each as Record<string, unknown>;
    if (typeof mediaType !== 'string' || typeof digest !== 'string') return [];
    const notes = Object.entries(
      typeof annotations === 'object' && annotations !== null ? annotations : {},
    ).flatMap(([name, note]) => (typeof note === 'string' ? [[name, note] as const] : []));
    return [
      {
        mediaType,
        digest,
        artifactType: typeof artifactType === 'string' ? artifactType : undefined,
        annotations: new Map(notes),
      },
    ];
  });
}

/** A name that leads nowhere else. */
function fileName(name: string | undefined): string {
  if (name === undefined || !/^[^\\/:\0]+$/.test(name) || name === '.' || name === '..')
    throw new RemoteFailure(phrase('remote-file.bad-artifact'));
  return name;
}

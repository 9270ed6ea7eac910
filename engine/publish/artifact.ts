import { createHash } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node, ScalarNode } from '#compose/syntax/node.ts';
import { remoteAddress } from '#compose/load/remote-address.ts';
import { parse } from '#compose/syntax/parse.ts';
import { readFileBytes, readFileText, unlessMissing } from '#disk/read-file.ts';
import { composeVersion } from '../project/labels.ts';

/** One blob of a published Compose application. */
export interface Layer {
  readonly mediaType: string;
  readonly content: Buffer;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Types of what a published application is made of. */
export const media = {
  file: 'application/vnd.docker.compose.file+yaml',
  env: 'application/vnd.docker.compose.envfile',
  project: 'application/vnd.docker.compose.project',
  emptyConfig: 'application/vnd.docker.compose.config.empty.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  empty: 'application/vnd.oci.empty.v1+json',
} as const;

/**
 * The layers that `docker compose publish` makes of a project's files: each as it is written, but for the paths of env files and of files that are
 * extended, which become names without a folder; then the extended files, and, with `withEnv`, the env files.
 */
export async function artifactLayers(
  files: readonly string[],
  { withEnv }: { readonly withEnv: boolean },
): Promise<readonly Layer[]> {
  const layers: Layer[] = [];
  const envFiles = new Map<string, string>();
  const extended = new Map<string, string>();
  for (const file of files) layers.push(fileLayer(file, await rewritten(file, extended, envFiles)));
  // A Map goes on with what is added meanwhile: extended files extend others.
  for (const [file, name] of extended) {
    if (files.includes(file)) continue;
    const layer = fileLayer(name, await rewritten(file, extended, envFiles));
    layers.push({ ...layer, annotations: { ...layer.annotations, 'com.docker.compose.extends': 'true' } });
  }
  if (withEnv)
    for (const [file, name] of envFiles) {
      // One that is optional may be missing.
      const content = await readFileBytes(file, 'env').catch(unlessMissing);
      if (content !== undefined)
        layers.push({ mediaType: media.env, content, annotations: annotations('envfile', name) });
    }
  return layers;
}

/** A layer with a Compose file of this name. */
export function fileLayer(path: string, text: string): Layer {
  return {
    mediaType: media.file,
    content: Buffer.from(text),
    annotations: annotations('file', basename(path)),
  };
}

/** The manifest's config, which is empty, and the manifest: with an artifact type in OCI 1.1, told by the config's type in 1.0. */
export function artifactManifest(
  layers: readonly Layer[],
  version: '1.0' | '1.1',
  createdAt: Date,
): { readonly config: Layer; readonly manifest: Buffer; readonly mediaType: string } {
  const config: Layer = {
    mediaType: version === '1.1' ? media.empty : media.emptyConfig,
    content: Buffer.from('{}'),
    annotations: {},
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: media.manifest,
    ...(version === '1.1' && { artifactType: media.project }),
    config: descriptor(config),
    layers: layers.map(descriptor),
    annotations: { 'org.opencontainers.image.created': createdAt.toISOString().replace(/\.\d+Z$/, 'Z') },
  };
  return { config, manifest: Buffer.from(JSON.stringify(manifest)), mediaType: media.manifest };
}

/** What names the images of an application, and the manifest that its files are in. */
export function imagesIndex(manifest: Buffer, version: '1.0' | '1.1', images: readonly Descriptor[]): Buffer {
  const notes = { 'com.docker.compose.version': composeVersion };
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: media.index,
      manifests: images,
      subject: {
        mediaType: media.manifest,
        digest: digestOf(manifest),
        size: manifest.length,
        annotations: notes,
        ...(version === '1.1' && { artifactType: media.project }),
      },
      annotations: notes,
    }),
  );
}

/** What a manifest, an index or a blob is (OCI image specification, "Content Descriptors"). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function descriptor({ mediaType, content, annotations: notes }: Layer) {
  return {
    mediaType,
    digest: digestOf(content),
    size: content.length,
    ...(Object.keys(notes).length > 0 && { annotations: notes }),
  };
}

function annotations(kind: 'file' | 'envfile', name: string): Readonly<Record<string, string>> {
  return { 'com.docker.compose.version': composeVersion, [`com.docker.compose.${kind}`]: name };
}

async function rewritten(
  file: string,
  extended: Map<string, string>,
  envFiles: Map<string, string>,
): Promise<string> {
  const text = await readFileText(file, 'compose');
  const edits: { readonly node: ScalarNode; readonly name: string }[] = [];
  const replace = (node: Node | undefined, ending: string, into: Map<string, string>) => {
    const path = stringOf(node);
    if (node?.kind !== 'scalar' || path === undefined || path.includes('$')) return;
    if (remoteAddress(path) !== undefined) return;
    const absolute = resolve(dirname(file), path);
    const name = `${createHash('sha256').update(absolute).digest('hex')}.${ending}`;
    into.set(absolute, name);
    edits.push({ node, name });
  };
  for (const { root } of parse(file, text).documents) {
    const services = valueIn(root, 'services');
    for (const { value: service } of services?.kind === 'map' ? services.entries : []) {
      const env = valueIn(service, 'env_file');
      for (const each of env?.kind === 'seq' ? env.items : [env])
        replace(each?.kind === 'map' ? valueIn(each, 'path') : each, 'env', envFiles);
      replace(valueIn(valueIn(service, 'extends'), 'file'), 'yaml', extended);
    }
  }
  return edits
    .toSorted((a, b) => b.node.span.start - a.node.span.start)
    .reduce((all, { node, name }) => all.slice(0, node.span.start) + name + all.slice(node.span.end), text);
}

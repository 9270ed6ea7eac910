import { isObject } from './claim-templates.ts';
import { type Json, type JsonObject, type Manifest, manifestFile, manifestYaml } from './manifest.ts';

/** Texts by their paths, with `/` between folders. */
export type Files = ReadonlyMap<string, string>;

export interface Overlay {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** A Kustomize base with these objects, and for each environment an overlay that holds what is different there. */
export function kustomizeFiles(base: readonly Manifest[], overlays: readonly Overlay[]): Files {
  const files = new Map<string, string>();
  for (const manifest of base) files.set(`base/${manifestFile(manifest)}`, manifestYaml(manifest));
  files.set('base/kustomization.yaml', kustomization({ resources: base.map(manifestFile) }));
  for (const overlay of overlays) {
    for (const [path, text] of overlayFiles(base, overlay))
      files.set(`overlays/${overlay.name}/${path}`, text);
  }
  return files;
}

function overlayFiles(base: readonly Manifest[], overlay: Overlay): Files {
  const files = new Map<string, string>();
  const there = new Map(base.map((manifest) => [keyOf(manifest), manifest]));
  const resources = ['../../base'];
  const patches: JsonObject[] = [];
  for (const manifest of overlay.manifests) {
    const before = there.get(keyOf(manifest));
    if (before === undefined) {
      resources.push(manifestFile(manifest));
      files.set(manifestFile(manifest), manifestYaml(manifest));
      continue;
    }
    const operations = difference(before, manifest);
    if (operations.length === 0) continue;
    const path = manifestFile(manifest).replace(/\.yaml$/, '-patch.yaml');
    files.set(path, listYaml(operations));
    patches.push({ target: targetOf(manifest), path });
  }
  const kept = new Set(overlay.manifests.map(keyOf));
  for (const manifest of base.filter((each) => !kept.has(keyOf(each)))) {
    const { apiVersion, kind, metadata } = manifest;
    patches.push({
      patch: manifestYaml({ $patch: 'delete', apiVersion, kind, metadata: { name: metadata.name } }),
    });
  }
  files.set('kustomization.yaml', kustomization({ resources, ...(patches.length > 0 && { patches }) }));
  return files;
}

function kustomization(content: JsonObject): string {
  return manifestYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...content });
}

function targetOf({ apiVersion, kind, metadata }: Manifest): JsonObject {
  const [version = '', group] = apiVersion.split('/').reverse();
  return { group, version, kind, name: metadata.name };
}

function keyOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

/** The operations of a JSON patch (RFC 6902) that make one value of another. Lists of another length are replaced as a whole. */
export function difference(before: Json, after: Json, path = ''): readonly JsonObject[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((each: Json, at) => difference(each, after[at] as Json, `${path}/${at}`));
  }
  if (!isObject(before) || !isObject(after)) return [{ op: 'replace', path, value: after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => {
    const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const old = before[key];
    const now = after[key];
    if (now === undefined) return old === undefined ? [] : [{ op: 'remove', path: at }];
    return old === undefined ? [{ op: 'add', path: at, value: now }] : difference(old, now, at);
  });
}

/** A list at the top: what a mapping's only key would hold. */
function listYaml(operations: readonly JsonObject[]): string {
  return manifestYaml({ patch: operations })
    .replace(/^patch:\n/, '')
    .replaceAll(/^ {2}/gm, '');
}

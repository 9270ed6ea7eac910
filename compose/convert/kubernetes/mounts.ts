import type { FileReference, Mount, Service } from '../../model/project.ts';
import { fileKey } from './file-objects.ts';
import { allLabels, labelChoice, labelText } from './labels.ts';
import type { JsonObject, Manifest } from './manifest.ts';
import { dataKey } from './names.ts';
import { memoryQuantity } from './quantities.ts';
import type { Scope } from './scope.ts';
import { secretData } from './secret-data.ts';
import { claimSettings, volumeClaim } from './volume-claim.ts';
import { phrase, withAdvice } from '../../problem/phrase.ts';
import { recordOf } from '../../values/record.ts';

/** What a service mounts: in its container, the pod's volumes for it, and objects of its own that they need. */
export interface Mounts {
  readonly volumeMounts: readonly JsonObject[];
  readonly volumes: readonly (JsonObject & { readonly name: string })[];
  readonly objects: readonly Manifest[];
}

interface Source {
  /** Of the pod's volume. */
  readonly name: string;
  readonly source: JsonObject;
  readonly subPath?: string;
  readonly object?: Manifest;
}

/** Every mount: volumes, binds, tmpfs, shared memory, secrets and configs. */
export function mountsOf(scope: Scope, name: string, service: Service): Mounts {
  const volumeMounts: JsonObject[] = [];
  const volumes = new Map<string, JsonObject & { readonly name: string }>();
  const objects: Manifest[] = [];
  const subPath = labelText(allLabels(service), 'volume.subpath');
  const own = podVolume(scope, name);
  const put = (mountPath: string, { name: volume, source, object, ...at }: Source, readOnly: boolean) => {
    const path = at.subPath ?? ('persistentVolumeClaim' in source ? subPath : undefined);
    // A path is mounted once: what comes later hides what came before.
    const before = volumeMounts.findIndex((each) => each.mountPath === mountPath);
    if (before >= 0) volumeMounts.splice(before, 1);
    volumeMounts.push({ name: volume, mountPath, subPath: path, readOnly: readOnly ? true : undefined });
    volumes.set(volume, { name: volume, ...source });
    if (object !== undefined) objects.push(object);
  };
  for (const [at, mount] of (service.volumes ?? []).entries()) {
    if (mount.target.includes(':')) {
      scope.remark(`services.${name}.volumes[${at}].target`, phrase('kubernetes.colon-in-path'));
      continue;
    }
    const source = sourceOf(scope, name, service, mount, at);
    if (source !== undefined) put(mount.target, source, mount.read_only === true);
  }
  for (const [at, text] of (service.tmpfs ?? []).entries()) {
    const [target = '', options = ''] = text.split(/:(.*)/s);
    put(target, memory(`${own}-tmpfs${at}`, /(?:^|,)size=([^,]+)/.exec(options)?.[1]), false);
  }
  if (service.shm_size !== undefined) put('/dev/shm', memory(`${own}-shm`, service.shm_size), false);
  for (const section of ['secrets', 'configs'] as const) {
    for (const reference of service[section] ?? []) {
      if (reference.uid !== undefined || reference.gid !== undefined) {
        scope.remark(`services.${name}.${section}.${reference.source}`, phrase('kubernetes.file-owner'));
      }
      put(targetOf(section, reference), fileSource(scope, name, section, reference), true);
    }
  }
  return { volumeMounts, volumes: [...volumes.values()], objects };
}

/** What names of the pod's volumes begin with: services share pods. */
function podVolume(scope: Scope, name: string): string {
  return scope.names.service(name).slice(0, 52);
}

function memory(name: string, size: string | undefined): Source {
  return {
    name,
    source: {
      emptyDir: { medium: 'Memory', sizeLimit: size === undefined ? undefined : memoryQuantity(size) },
    },
  };
}

function targetOf(section: 'secrets' | 'configs', { source, target }: FileReference): string {
  const directory = section === 'secrets' ? '/run/secrets/' : '/';
  const path = target === undefined || target === '' ? source : target;
  return path.startsWith('/') ? path : `${directory}${path}`;
}

/** Kubernetes takes the nine bits of a mode and no others. */
const permissions = 0o777;

function fileSource(
  scope: Scope,
  name: string,
  section: 'secrets' | 'configs',
  { source, mode }: FileReference,
): Source {
  const object = scope.names.file(section, source);
  const wanted = mode === undefined ? undefined : Number.parseInt(mode, 8);
  const defaultMode = wanted === undefined ? undefined : wanted & permissions;
  if (mode !== undefined && defaultMode !== wanted) {
    scope.remark(
      `services.${name}.${section}.${source}`,
      phrase('kubernetes.file-mode', { mode, taken: `0${defaultMode?.toString(8)}` }),
    );
  }
  return {
    name: `${section.slice(0, -1)}-${object}`.slice(0, 63).replace(/-$/, ''),
    source:
      section === 'secrets'
        ? { secret: { secretName: object, defaultMode } }
        : { configMap: { name: object, defaultMode } },
    subPath: fileKey(source),
  };
}

function sourceOf(
  scope: Scope,
  name: string,
  service: Service,
  mount: Mount,
  at: number,
): Source | undefined {
  const path = `services.${name}.volumes[${at}]`;
  switch (mount.type) {
    case 'volume':
      return volumeSource(scope, name, service, mount, at);
    case 'bind':
      return bindSource(scope, name, service, mount, at);
    case 'tmpfs':
      return memory(`${podVolume(scope, name)}-volume${at}`, mount.tmpfs?.size);
    case 'image':
      return {
        name: `${podVolume(scope, name)}-volume${at}`,
        source: { image: { reference: mount.source } },
        ...(mount.image?.subpath !== undefined && { subPath: mount.image.subpath }),
      };
    default:
      scope.remark(path, phrase('kubernetes.mount-type', { type: mount.type }));
      return undefined;
  }
}

function volumeSource(scope: Scope, name: string, service: Service, mount: Mount, at: number): Source {
  const subPath = mount.volume?.subpath;
  const inVolume = subPath === undefined ? {} : { subPath };
  const isInPlace = subPath === undefined && labelText(allLabels(service), 'volume.subpath') === undefined;
  if (isInPlace && mount.target === '/var/lib/postgresql/data' && service.environment?.PGDATA === undefined) {
    scope.remark(`services.${name}.volumes[${at}]`, phrase('kubernetes.postgres-folder'));
  }
  if (mount.source !== undefined && mount.source !== '') {
    const volume = scope.names.volume(mount.source);
    if (labelChoice(allLabels(service), 'volume.type') === 'emptydir') {
      return { name: volume, source: { emptyDir: {} }, ...inVolume };
    }
    return { name: volume, source: { persistentVolumeClaim: { claimName: volume } }, ...inVolume };
  }
  scope.remark(
    `services.${name}.volumes[${at}]`,
    phrase('kubernetes.empty-volume', { target: mount.target }),
  );
  return { ...ownClaim(scope, name, service, at), ...inVolume };
}

/** A claim for this one mount: what is in no volume that has a name. */
function ownClaim(scope: Scope, name: string, service: Service, at: number): Source {
  const claim = `${scope.names.service(name).slice(0, 52)}-claim${at}`;
  if (labelChoice(allLabels(service), 'volume.type') === 'emptydir') {
    return { name: claim, source: { emptyDir: {} } };
  }
  return {
    name: claim,
    source: { persistentVolumeClaim: { claimName: claim } },
    object: volumeClaim(claim, claimSettings([allLabels(service)])),
  };
}

/** Files become a ConfigMap where they are text and small enough for one; other places of this machine, a claim or the node's own path. */
function bindSource(scope: Scope, name: string, service: Service, mount: Mount, at: number): Source {
  const path = `services.${name}.volumes[${at}]`;
  const source = mount.source ?? '';
  const wanted = labelChoice(allLabels(service), 'volume.type');
  const read = scope.files.get(source);
  if (wanted === 'hostpath' || /\.sock$/.test(source)) {
    const docker = /\/docker\.sock$/.test(source) ? phrase('kubernetes.docker-socket') : undefined;
    scope.remark(path, withAdvice(phrase('kubernetes.node-path', { source }), docker));
    return { name: `${podVolume(scope, name)}-bind${at}`, source: { hostPath: { path: source } } };
  }
  const isText = read !== undefined && 'kind' in read && read.kind === 'text';
  if (isText && fitsConfigMap([read.text])) {
    const key = dataKey(source.slice(source.lastIndexOf('/') + 1));
    return { ...fileVolume(scope, name, at, { [key]: read.text }), subPath: key };
  }
  if (isText && read.text.length < mostText) {
    // A volume would stand there as a folder, which no program takes for the file.
    const key = dataKey(source.slice(source.lastIndexOf('/') + 1));
    const volume = `${podVolume(scope, name)}-bind${at}`;
    scope.remark(path, phrase('kubernetes.binary-file', { volume, key, source }));
    return { name: volume, source: { secret: { secretName: volume } }, subPath: key };
  }
  const directory = textsIn(read);
  if (directory !== undefined && (mount.read_only === true || wanted !== 'persistentvolumeclaim')) {
    if (mount.read_only !== true && wanted !== 'configmap') {
      scope.remark(path, phrase('kubernetes.folder-of-texts'));
    }
    return fileVolume(scope, name, at, directory.data, directory.items);
  }
  const claim = ownClaim(scope, name, service, at);
  scope.remark(path, phrase('kubernetes.local-path', { source }));
  return claim;
}

/** A ConfigMap with these files; a Secret if there is a private key among them. `items`: where they stand, if not at the top by their keys. */
function fileVolume(
  scope: Scope,
  name: string,
  at: number,
  data: Readonly<Record<string, string>>,
  items?: readonly JsonObject[],
): Source {
  const service = scope.names.service(name);
  const volume = `${podVolume(scope, name)}-bind${at}`;
  const metadata = { name: volume, labels: { 'io.kompose.service': service } };
  if (Object.values(data).some((text) => /^-----BEGIN [A-Z ]*PRIVATE KEY-----/m.test(text))) {
    return {
      name: volume,
      source: { secret: { secretName: volume, items } },
      object: { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: secretData(data) },
    };
  }
  return {
    name: volume,
    source: { configMap: { name: volume, items } },
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
  };
}

interface Texts {
  readonly data: Readonly<Record<string, string>>;
  readonly items: readonly JsonObject[] | undefined;
}

/**
 * The files of a directory by key, those of folders below it by `folder_name` with the path that each stands at; `undefined` if they are no text, too much of
 * it, or nothing that is written (`.gitkeep`): a folder that a program fills.
 */
function textsIn(read: ReturnType<Scope['files']['get']>): Texts | undefined {
  if (read === undefined || 'kind' in read) return undefined;
  const texts: Record<string, string> = recordOf();
  const items: JsonObject[] = [];
  for (const [path, file] of read) {
    const key = dataKey(path);
    if (file.kind !== 'text' || texts[key] !== undefined || (!path.includes('/') && key !== path))
      return undefined;
    texts[key] = file.text;
    items.push({ key, path });
  }
  if (!fitsConfigMap(Object.values(texts)) || Object.values(texts).every((text) => text.trim() === ''))
    return undefined;
  return { data: texts, items: items.some(({ key, path }) => key !== path) ? items : undefined };
}

/** Characters, of up to three bytes each. */
const mostText = 300_000;

/** A ConfigMap holds 1 MiB; text that is none has come out with replacement characters. */
function fitsConfigMap(texts: readonly string[]): boolean {
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  return size < mostText && texts.every((text) => !/[\ufffd\0]/.test(text));
}

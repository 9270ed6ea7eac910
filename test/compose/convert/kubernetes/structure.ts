import { isObject, listAt, objectAt } from '#compose/convert/kubernetes/claim-templates.ts';
import type { Json, JsonObject, Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { schemaMistakes } from './schema.ts';

const label = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const quantity = /^\d+(\.\d+)?(m|Ki|Mi|Gi|Ti)?$/;

/**
 * What a cluster would have against these objects: by the schema of Kubernetes, and beyond it names that are no names, that are taken twice, and
 * that lead to nothing.
 */
export function structureMistakes(manifests: readonly Manifest[]): readonly string[] {
  const names = manifests.map((each) => keyOf(each.kind, each.metadata.name));
  return [
    ...schemaMistakes(manifests),
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name}: twice`),
    ...manifests.flatMap((manifest) => {
      const where = keyOf(manifest.kind, manifest.metadata.name);
      return [
        ...(label.test(manifest.metadata.name) ? [] : [`${where}: no name`]),
        ...(podOf(manifest) === undefined ? [] : podMistakes(manifest, where)),
        ...kindMistakes(manifest, manifests, where),
      ];
    }),
  ];
}

function keyOf(kind: string, name: Json | undefined): string {
  return `${kind}/${String(name)}`;
}

/** The pod that a workload makes, with its labels. */
function podOf(manifest: Manifest): { readonly labels: JsonObject; readonly spec: JsonObject } | undefined {
  const spec = objectAt(manifest, 'spec');
  const template = objectAt(
    manifest.kind === 'CronJob' ? objectAt(objectAt(spec, 'jobTemplate'), 'spec') : spec,
    'template',
  );
  if (template.spec === undefined) return undefined;
  return { labels: objectAt(objectAt(template, 'metadata'), 'labels'), spec: objectAt(template, 'spec') };
}

function objects(object: JsonObject, key: string): readonly JsonObject[] {
  return listAt(object, key).filter((each) => isObject(each));
}

function podMistakes(manifest: Manifest, where: string): readonly string[] {
  const pod = podOf(manifest)?.spec ?? {};
  const volumes = [
    ...objects(pod, 'volumes').map(({ name }) => name),
    ...objects(objectAt(manifest, 'spec'), 'volumeClaimTemplates').map(
      (each) => objectAt(each, 'metadata').name,
    ),
  ];
  const containers = [...objects(pod, 'initContainers'), ...objects(pod, 'containers')];
  const called = containers.map(({ name }) => name);
  return [
    ...twice(volumes).map((name) => `${where}: volume ${name} twice`),
    ...twice(called).map((name) => `${where}: container ${name} twice`),
    ...volumes.filter((name) => !label.test(String(name))).map((name) => `${where}: volume ${name}`),
    ...objects(pod, 'volumes')
      .map((volume) =>
        Number(objectAt(volume, 'secret').defaultMode ?? objectAt(volume, 'configMap').defaultMode ?? 0),
      )
      .filter((mode) => mode < 0 || mode > 0o777)
      .map((mode) => `${where}: mode ${mode}`),
    ...containers.flatMap((container) => {
      const at = `${where} ${container.name}`;
      const mounts = objects(container, 'volumeMounts');
      const ports = objects(container, 'ports');
      const amounts = ['limits', 'requests'].flatMap((key) =>
        Object.values(objectAt(objectAt(container, 'resources'), key)),
      );
      return [
        ...(label.test(String(container.name)) ? [] : [`${at}: no name`]),
        ...(String(container.image ?? '').trim() === '' ? [`${at}: no image`] : []),
        ...mounts.filter(({ name }) => !volumes.includes(name)).map(({ name }) => `${at}: no volume ${name}`),
        ...twice(mounts.map(({ mountPath }) => mountPath)).map((path) => `${at}: ${path} twice`),
        ...mounts.filter(({ mountPath }) => String(mountPath).includes(':')).map(() => `${at}: colon`),
        ...mounts.filter(({ subPath }) => String(subPath).startsWith('/')).map(() => `${at}: subPath`),
        ...twice(ports.map((port) => `${port.containerPort}/${port.protocol}`)).map(
          (port) => `${at}: ${port}`,
        ),
        ...ports.filter(({ containerPort }) => !isPort(containerPort)).map(() => `${at}: port`),
        ...amounts.filter((each) => !quantity.test(String(each))).map((each) => `${at}: ${each}`),
        ...objects(container, 'env')
          .filter(({ name }) => !/^[^=\s]+$/.test(String(name)))
          .map(({ name }) => `${at}: variable ${name}`),
      ];
    }),
  ];
}

/** What names other objects of its own, or is limited beyond its schema. */
function kindMistakes(manifest: Manifest, all: readonly Manifest[], where: string): readonly string[] {
  const spec = objectAt(manifest, 'spec');
  const has = (kind: Json | undefined, name: Json | undefined) =>
    all.some((each) => each.kind === kind && each.metadata.name === name);
  const pods = all.flatMap((each) => podOf(each) ?? []);
  switch (manifest.kind) {
    case 'Service': {
      const ports = objects(spec, 'ports');
      return [
        ...(pods.some(({ labels }) => isPart(objectAt(spec, 'selector'), labels))
          ? []
          : [`${where}: no pods`]),
        ...twice(ports.map(({ name }) => name)).map((name) => `${where}: port ${name} twice`),
        ...twice(ports.map(({ port, protocol }) => `${port}/${protocol}`)).map((port) => `${where}: ${port}`),
        ...ports
          .filter(({ name }) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(String(name)))
          .map(() => `${where}: name`),
        ...ports.filter(({ port }) => !isPort(port)).map(() => `${where}: port`),
      ];
    }
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet': {
      const selector = objectAt(objectAt(spec, 'selector'), 'matchLabels');
      return isPart(selector, podOf(manifest)?.labels ?? {}) ? [] : [`${where}: selects other pods`];
    }
    case 'HorizontalPodAutoscaler': {
      const { kind, name } = objectAt(spec, 'scaleTargetRef');
      return has(kind, name) ? [] : [`${where}: scales nothing`];
    }
    case 'Ingress':
      return [...JSON.stringify(spec).matchAll(/"service":\{"name":"([^"]*)"/g)]
        .filter(([, name]) => !has('Service', name))
        .map(([, name]) => `${where}: no Service ${name}`);
    case 'CronJob':
      return /^(\S+ ){4}\S+$/.test(String(spec.schedule)) ? [] : [`${where}: schedule`];
    case 'ConfigMap':
    case 'Secret':
      return [...Object.keys(objectAt(manifest, 'data')), ...Object.keys(objectAt(manifest, 'stringData'))]
        .filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
        .map((key) => `${where}: key ${key}`);
    default:
      return [];
  }
}

function isPart(part: JsonObject, whole: JsonObject): boolean {
  return Object.entries(part).every(([key, value]) => whole[key] === value);
}

function isPort(value: Json | undefined): boolean {
  return typeof value === 'number' && value >= 1 && value <= 65535;
}

function twice<T>(values: readonly T[]): readonly T[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

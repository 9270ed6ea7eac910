import type { Service, StringMap } from '../../model/project.ts';
import { labelText } from './labels.ts';
import type { JsonObject, Manifest } from './manifest.ts';
import type { Scope } from './scope.ts';
import { allLabels } from './labels.ts';
import { isAutoscaled, workloadKind } from './workload.ts';

export interface ClaimSettings {
  /** kompose's default: `100Mi`. */
  readonly size: string;
  readonly storageClass: string | undefined;
  readonly selector: string | undefined;
}

/** The claims for the named volumes that are used. One that is external is taken to be there. */
export function volumeClaims(scope: Scope): readonly Manifest[] {
  return Object.entries(scope.project.volumes ?? {}).flatMap(([name, volume]) => {
    const users = Object.values(scope.project.services).filter(({ volumes }) =>
      volumes?.some(({ type, source }) => type === 'volume' && source === name),
    );
    if (volume.external === true || users.length === 0) return [];
    const isEmptyDir = users.every((user) => labelText(allLabels(user), 'volume.type') === 'emptyDir');
    if (isEmptyDir) return [];
    const path = `volumes.${name}`;
    if (volume.driver !== undefined && volume.driver !== 'local') {
      scope.remark(`${path}.driver`, 'The storage class decides: label kompose.volume.storage-class-name.');
    }
    if (volume.driver_opts !== undefined) {
      scope.remark(`${path}.driver_opts`, 'What a volume is made of is up to the storage class.');
    }
    const copied = users.find((user) => isCopied(user));
    if (users.length === 1 && copied !== undefined) {
      scope.remark(
        path,
        'More than one pod mounts it: label kompose.controller.type: statefulset gives each a volume of its own; to share it, they need a storage class with ReadWriteMany.',
      );
    }
    if (users.length > 1) {
      scope.remark(
        path,
        'Several services share it: pods on different nodes need a storage class with ReadWriteMany.',
      );
    }
    const isReadOnly = users.every(({ volumes }) =>
      volumes?.every(({ source, read_only }) => source !== name || read_only === true),
    );
    const settings = claimSettings([volume.labels, ...users.map(allLabels)]);
    return [volumeClaim(scope.names.volume(name), settings, isReadOnly)];
  });
}

/** Whether more than one pod of it may run, which share their volumes. */
function isCopied(service: Service): boolean {
  const kind = workloadKind(service);
  if (kind !== 'Deployment') return false;
  return isAutoscaled(service) || (service.deploy?.replicas ?? service.scale ?? 1) > 1;
}

/** From the labels of the volume and of who uses it, the first that says something. */
export function claimSettings(labels: readonly (StringMap | undefined)[]): ClaimSettings {
  const first = (label: Parameters<typeof labelText>[1]) =>
    labels.map((each) => labelText(each, label)).find((text) => text !== undefined);
  return {
    size: first('volume.size') ?? '100Mi',
    storageClass: first('volume.storage-class-name'),
    selector: first('volume.selector'),
  };
}

export function volumeClaim(name: string, settings: ClaimSettings, isReadOnly: boolean): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels: { 'io.kompose.service': name } },
    spec: claimSpec(settings, isReadOnly),
  };
}

export function claimSpec({ size, storageClass, selector }: ClaimSettings, isReadOnly: boolean): JsonObject {
  return {
    accessModes: [isReadOnly ? 'ReadOnlyMany' : 'ReadWriteOnce'],
    resources: { requests: { storage: size } },
    storageClassName: storageClass,
    selector: selector === undefined ? undefined : { matchLabels: { 'io.kompose.service': selector } },
  };
}

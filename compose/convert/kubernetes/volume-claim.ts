import type { StringMap } from '../../model/project.ts';
import { labelChoice, labelSize, labelText } from './labels.ts';
import type { JsonObject, Manifest } from './manifest.ts';
import type { Scope } from './scope.ts';
import { allLabels } from './labels.ts';
import { isAutoscaled } from './autoscaled.ts';
import { phrase } from '../../problem/phrase.ts';

export interface ClaimSettings {
  /** kompose's default: `100Mi`. */
  readonly size: string;
  readonly storageClass: string | undefined;
  readonly selector: string | undefined;
}

/** The claims for the named volumes that are used. One that is external is taken to be there. */
export function volumeClaims(scope: Scope): readonly Manifest[] {
  return Object.entries(scope.project.volumes ?? {}).flatMap(([name, volume]) => {
    const names = Object.keys(scope.project.services).filter((user) =>
      scope.project.services[user]?.volumes?.some(({ type, source }) => type === 'volume' && source === name),
    );
    const users = names.flatMap((user) => scope.project.services[user] ?? []);
    if (users.length === 0) return [];
    if (volume.external === true) {
      scope.remark(
        `volumes.${name}`,
        phrase('kubernetes.external-volume', { name: scope.names.volume(name) }),
      );
      return [];
    }
    const isEmptyDir = users.every((user) => labelChoice(allLabels(user), 'volume.type') === 'emptydir');
    if (isEmptyDir) return [];
    const path = `volumes.${name}`;
    if (volume.driver !== undefined && volume.driver !== 'local') {
      scope.remark(`${path}.driver`, phrase('kubernetes.storage-class'));
    }
    if (volume.driver_opts !== undefined) {
      scope.remark(`${path}.driver_opts`, phrase('kubernetes.driver-options'));
    }
    if (users.length === 1 && names.some((user) => isCopied(scope, user))) {
      scope.remark(path, phrase('kubernetes.copied-volume'));
    }
    if (users.length > 1) {
      scope.remark(path, phrase('kubernetes.shared-volume'));
    }
    const settings = claimSettings([volume.labels, ...users.map(allLabels)]);
    return [volumeClaim(scope.names.volume(name), settings)];
  });
}

/** Whether more than one pod of it may run, which share their volumes. */
function isCopied(scope: Scope, name: string): boolean {
  const kind = scope.kindOf(name);
  const service = scope.project.services[name];
  if (service === undefined || kind === 'StatefulSet') return false;
  return (
    kind === 'DaemonSet' || isAutoscaled(service) || (service.deploy?.replicas ?? service.scale ?? 1) > 1
  );
}

/** From the labels of the volume and of who uses it, the first that says something. */
export function claimSettings(labels: readonly (StringMap | undefined)[]): ClaimSettings {
  const first = (label: Parameters<typeof labelText>[1]) =>
    labels.map((each) => labelText(each, label)).find((text) => text !== undefined);
  return {
    size: labels.map((each) => labelSize(each, 'volume.size')).find((size) => size !== undefined) ?? '100Mi',
    storageClass: first('volume.storage-class-name'),
    selector: first('volume.selector'),
  };
}

export function volumeClaim(name: string, settings: ClaimSettings): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels: { 'io.kompose.service': name } },
    spec: claimSpec(settings),
  };
}

/** For one node, and writable: a volume that nobody may write to could never be filled. Who mounts it says that it only reads. */
function claimSpec({ size, storageClass, selector }: ClaimSettings): JsonObject {
  return {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: size } },
    storageClassName: storageClass,
    selector: selector === undefined ? undefined : { matchLabels: { 'io.kompose.service': selector } },
  };
}

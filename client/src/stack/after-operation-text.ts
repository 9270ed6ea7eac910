import type { LeftOver, NetworkInUse } from '#engine/operations/after-operation.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { label } from '#engine/project/labels.ts';
import type { Translate } from '../shared/translate.ts';

/** What is left of a project that was taken down; `undefined`: nothing but volumes, which are kept on purpose. */
export function leftOverText(project: string, left: LeftOver, t: Translate): string | undefined {
  const { orphans, oneOffs, others, networks } = left;
  const sentences = [
    orphans.length > 0 ? orphansText(orphans, t) : '',
    oneOffs.length > 0 ? t('One-off containers remain: {0}.', namesOf(oneOffs)) : '',
    others.length > 0 ? t('Containers were created again: {0}.', namesOf(others)) : '',
    ...networks.map((network) => networkText(project, network, t)),
  ].filter((sentence) => sentence !== '');
  return sentences.length === 0 ? undefined : [t('{0} is not fully down.', project), ...sentences].join(' ');
}

export function orphansText(orphans: readonly ContainerSummary[], t: Translate): string {
  return t('Orphan containers remain: {0}.', namesOf(orphans));
}

/** `shop is down`, with the volumes that are kept. */
export function downText(project: string, { volumes }: LeftOver, t: Translate): string {
  return volumes.length === 0
    ? t('{0} is down', project)
    : t('{0} is down; volumes kept: {1}', project, volumes.join(', '));
}

function networkText(project: string, { name, users }: NetworkInUse, t: Translate): string {
  if (users.length === 0) return t('Network {0} remains.', name);
  const names = users.map((user) => {
    const owner = user.labels[label.project];
    return owner === undefined || owner === project ? user.name : t('{0} of {1}', user.name, owner);
  });
  return t('Network {0} is still in use by {1}.', name, names.sort().join(', '));
}

function namesOf(containers: readonly ContainerSummary[]): string {
  return containers.map(({ name }) => name).join(', ');
}

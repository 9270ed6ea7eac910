import type { ObservedSwarm } from '#engine/swarm/observe-swarm.ts';
import type { Translate } from '../shared/translate.ts';

/** What becomes of a swarm that this engine leaves. `undefined`: it is a worker, to which a swarm tells nothing. */
export function leaveText(swarm: ObservedSwarm | undefined, t: Translate): string {
  if (swarm !== undefined) {
    const stacks = swarm.stacks.map(({ name }) => name).join(', ') || t('none');
    if (swarm.nodes.length <= 1)
      return t(
        'This is the only node. The swarm and its stacks ({0}), secrets, and configs will be removed. Volumes will be kept.',
        stacks,
      );
    if (swarm.nodes.filter(({ isManager }) => isManager).length <= 1)
      return t(
        'This is the only manager. Without it, the swarm can no longer be managed, and its stacks ({0}), secrets, and configs are lost. To keep them, promote another node first. Volumes will be kept.',
        stacks,
      );
  }
  return t('Its tasks will move to other nodes. Volumes will be kept.');
}

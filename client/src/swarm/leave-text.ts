import type { ObservedSwarm } from '#engine/swarm/observe-swarm.ts';
import type { Translate } from '../shared/translate.ts';

/** What becomes of a swarm that this engine leaves. `undefined`: it is a worker, to which a swarm tells nothing. */
export function leaveText(swarm: ObservedSwarm | undefined, t: Translate): string {
  if (swarm !== undefined) {
    const stacks = swarm.stacks.map(({ name }) => name).join(', ') || t('none');
    if (swarm.nodes.length <= 1)
      return t(
        'It is the only node: the swarm ends, with its stacks ({0}), secrets and configs. Volumes stay.',
        stacks,
      );
    if (swarm.nodes.filter(({ isManager }) => isManager).length <= 1)
      return t(
        'It is the only manager: nobody can manage the swarm any more, and its stacks ({0}), secrets and configs are lost. Promote another node first to keep them. Volumes stay.',
        stacks,
      );
  }
  return t('Its tasks go to other nodes. Volumes stay.');
}

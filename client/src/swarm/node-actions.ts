import type { NodeObject, NodeSpec } from '#engine/api/swarm-calls.ts';
import type { Translate } from '../shared/translate.ts';

/** What can be done with a node now. */
export interface NodeAction {
  readonly label: string;
  readonly detail?: string;
  /** Asked before, where tasks move or a vote is lost. */
  readonly question?: string;
  readonly change: Partial<NodeSpec> | 'remove';
}

/** Not what it is already. */
export function nodeActions(node: NodeObject, t: Translate): readonly NodeAction[] {
  const { Availability: availability = 'active', Role: role = 'worker' } = node.Spec ?? {};
  const name = nodeName(node);
  const activate: NodeAction = {
    label: t('Activate'),
    detail: t('It takes tasks again.'),
    change: { Availability: 'active' },
  };
  const pause: NodeAction = {
    label: t('Pause'),
    detail: t('It takes no new tasks; those it has go on.'),
    change: { Availability: 'pause' },
  };
  const drain: NodeAction = {
    label: t('Drain'),
    detail: t('Its tasks move to other nodes, and it takes no new ones.'),
    question: t('Drain {0}? Its tasks are stopped here and started on other nodes.', name),
    change: { Availability: 'drain' },
  };
  const demote: NodeAction = {
    label: t('Demote to Worker'),
    question: t('Demote {0}? It no longer takes part in managing the swarm.', name),
    change: { Role: 'worker' },
  };
  const promote: NodeAction = { label: t('Promote to Manager'), change: { Role: 'manager' } };
  const remove: NodeAction = {
    label: t('Remove from the Swarm'),
    detail: t('Only a node that has left, or is down.'),
    question: t('Remove {0} from the swarm?', name),
    change: 'remove',
  };
  return [
    ...(availability === 'active' ? [] : [activate]),
    ...(availability === 'pause' ? [] : [pause]),
    ...(availability === 'drain' ? [] : [drain]),
    role === 'manager' ? demote : promote,
    remove,
  ];
}

export function nodeName({ ID, Description }: NodeObject): string {
  return Description?.Hostname ?? ID;
}

/** `manager (leader), ready, active`: with the words of `docker node ls`. */
export function nodeText({ Spec = {}, Status, ManagerStatus }: NodeObject): string {
  const role = `${Spec.Role ?? ''}${ManagerStatus?.Leader === true ? ' (leader)' : ''}`;
  return [role, Status?.State, Spec.Availability]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

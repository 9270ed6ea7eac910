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
    detail: t('The node accepts tasks again.'),
    change: { Availability: 'active' },
  };
  const pause: NodeAction = {
    label: t('Pause'),
    detail: t('The node accepts no new tasks. Its current tasks keep running.'),
    change: { Availability: 'pause' },
  };
  const drain: NodeAction = {
    label: t('Drain'),
    detail: t("The node's tasks move to other nodes, and it accepts no new ones."),
    question: t('Drain {0}? Its tasks will be stopped and started on other nodes.', name),
    change: { Availability: 'drain' },
  };
  const demote: NodeAction = {
    label: t('Demote to Worker'),
    question: t('Demote {0}? It will no longer take part in managing the swarm.', name),
    change: { Role: 'worker' },
  };
  const promote: NodeAction = { label: t('Promote to Manager'), change: { Role: 'manager' } };
  const remove: NodeAction = {
    label: t('Remove from the Swarm'),
    detail: t('Only a node that has left the swarm or is down can be removed.'),
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

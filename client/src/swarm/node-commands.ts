import * as vscode from 'vscode';
import { operate, type OperateContext } from '../stack/operation.ts';
import { changeNode } from '#engine/swarm/nodes.ts';
import type { NodeObject, NodeSpec } from '#engine/api/swarm-calls.ts';
import type { SwarmContext } from './swarm-watch.ts';

const { l10n } = vscode;

interface Action extends vscode.QuickPickItem {
  /** Asked before, where tasks move or a vote is lost. */
  readonly question?: string;
  readonly change: Partial<NodeSpec> | 'remove';
}

/** The nodes of the swarm: whether they take tasks, their role, and whether they stay. */
export async function manageNodesCommand(workbench: OperateContext & SwarmContext): Promise<void> {
  await workbench.ready();
  const signal = AbortSignal.timeout(10_000);
  const nodes = await (await workbench.engine.engine(signal)).listSwarmNodes(signal);
  const picked = await vscode.window.showQuickPick(
    nodes.map((node) => ({ label: nameOf(node), description: describe(node), node })),
    { title: l10n.t('Nodes of the swarm'), placeHolder: l10n.t('A node to change') },
  );
  if (picked === undefined) return;
  const action = await vscode.window.showQuickPick(actionsFor(picked.node), { title: picked.label });
  if (action !== undefined) await apply(workbench, picked.node, action);
}

async function apply(
  workbench: OperateContext & SwarmContext,
  node: NodeObject,
  action: Action,
): Promise<void> {
  const { question, change, label } = action;
  if (
    question !== undefined &&
    (await vscode.window.showWarningMessage(question, { modal: true }, label)) !== label
  )
    return;
  await operate(workbench, {
    title: `${label}: ${nameOf(node)}`,
    project: '',
    again: () => apply(workbench, node, { label, change }),
    run: async (engine, _report, signal) => {
      if (change === 'remove') await engine.removeSwarmNode(node.ID, { force: false }, signal);
      else await changeNode(engine, node.ID, (old) => ({ ...old, ...change }), signal);
    },
  });
  await workbench.swarm.look();
}

function actionsFor(node: NodeObject): readonly Action[] {
  const { Availability = 'active', Role = 'worker' } = node.Spec ?? {};
  const name = nameOf(node);
  return [
    ...(Availability === 'active'
      ? []
      : [
          {
            label: l10n.t('Activate'),
            detail: l10n.t('It takes tasks again.'),
            change: { Availability: 'active' },
          },
        ]),
    ...(Availability === 'pause'
      ? []
      : [
          {
            label: l10n.t('Pause'),
            detail: l10n.t('It takes no new tasks; those it has go on.'),
            change: { Availability: 'pause' },
          },
        ]),
    ...(Availability === 'drain'
      ? []
      : [
          {
            label: l10n.t('Drain'),
            detail: l10n.t('Its tasks move to other nodes, and it takes no new ones.'),
            question: l10n.t('Drain {0}? Its tasks are stopped here and started on other nodes.', name),
            change: { Availability: 'drain' },
          },
        ]),
    Role === 'manager'
      ? {
          label: l10n.t('Demote to Worker'),
          question: l10n.t('Demote {0}? It no longer takes part in managing the swarm.', name),
          change: { Role: 'worker' },
        }
      : { label: l10n.t('Promote to Manager'), change: { Role: 'manager' } },
    {
      label: l10n.t('Remove from the Swarm'),
      detail: l10n.t('Only a node that has left, or is down.'),
      question: l10n.t('Remove {0} from the swarm?', name),
      change: 'remove',
    },
  ];
}

function nameOf({ ID, Description }: NodeObject): string {
  return Description?.Hostname ?? ID;
}

/** `manager (leader), ready, active`: with the words of `docker node ls`. */
function describe({ Spec = {}, Status, ManagerStatus }: NodeObject): string {
  const role = `${Spec.Role ?? ''}${ManagerStatus?.Leader === true ? ' (leader)' : ''}`;
  return [role, Status?.State, Spec.Availability]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

import * as vscode from 'vscode';
import { operate, type OperateContext } from '../stack/operation.ts';
import { changeNode } from '#engine/swarm/nodes.ts';
import type { NodeObject } from '#engine/api/swarm-calls.ts';
import { askEngine } from './ask-engine.ts';
import { type NodeAction, nodeActions, nodeName, nodeText } from './node-actions.ts';
import type { SwarmContext } from './swarm-watch.ts';

const { l10n } = vscode;

/** The nodes of the swarm: whether they take tasks, their role, and whether they stay. */
export async function manageNodesCommand(workbench: OperateContext & SwarmContext): Promise<void> {
  await workbench.ready();
  const title = l10n.t('Nodes of the swarm');
  const again = () => manageNodesCommand(workbench);
  const nodes = await askEngine(workbench, title, again, (engine, signal) => engine.listSwarmNodes(signal));
  if (nodes === undefined) return;
  const picked = await vscode.window.showQuickPick(
    nodes.map((node) => ({ label: nodeName(node), description: nodeText(node), node })),
    { title, placeHolder: l10n.t('A node to change') },
  );
  if (picked === undefined) return;
  const action = await vscode.window.showQuickPick(nodeActions(picked.node, l10n.t), { title: picked.label });
  if (action === undefined) return;
  const { question, label } = action;
  if (
    question !== undefined &&
    (await vscode.window.showWarningMessage(question, { modal: true }, label)) !== label
  )
    return;
  await apply(workbench, picked.node, action);
}

async function apply(
  workbench: OperateContext & SwarmContext,
  node: NodeObject,
  action: NodeAction,
): Promise<void> {
  const { change, label } = action;
  await operate(workbench, {
    title: `${label}: ${nodeName(node)}`,
    project: '',
    again: () => apply(workbench, node, action),
    run: async (engine, _report, signal) => {
      if (change === 'remove') await engine.removeSwarmNode(node.ID, { force: false }, signal);
      else await changeNode(engine, node.ID, (old) => ({ ...old, ...change }), signal);
    },
  });
  await workbench.swarm.look();
}

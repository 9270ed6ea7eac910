import * as vscode from 'vscode';
import { operate, type OperateContext } from '../stack/operation.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { leaveSwarm } from '#engine/swarm/leave-swarm.ts';
import { askEngine } from './ask-engine.ts';
import { leaveText } from './leave-text.ts';
import type { SwarmContext } from './swarm-watch.ts';

const { l10n } = vscode;

/** Makes this engine the first node of a swarm. */
export async function initSwarmCommand(workbench: OperateContext & SwarmContext): Promise<void> {
  await workbench.ready();
  const title = l10n.t('Initialize Swarm');
  const membership = await askEngine(
    workbench,
    title,
    () => initSwarmCommand(workbench),
    (engine, signal) => engine.inspectSwarmMembership(signal),
  );
  if (membership === undefined) return;
  const { state, isManager, address } = membership;
  if (isManager)
    void vscode.window.showInformationMessage(l10n.t('This engine already manages a swarm ({0}).', address));
  else if (state === 'active')
    void vscode.window.showInformationMessage(
      l10n.t('This engine is a worker of its swarm. Connect to a manager, or promote this node there.'),
    );
  else await beginSwarm(workbench);
}

/** Whether there is one now. */
export async function beginSwarm(workbench: OperateContext & SwarmContext): Promise<boolean> {
  const begin = l10n.t('Initialize Swarm');
  const answer = await vscode.window.showInformationMessage(
    l10n.t('This engine is not part of a swarm. Initialize a swarm with this engine as its first node?'),
    {
      modal: true,
      detail: l10n.t(
        'Containers and projects are not affected. Port 2377 is opened for other nodes. To end the swarm, use "Leave Swarm".',
      ),
    },
    begin,
  );
  return answer === begin && (await makeSwarm(workbench, ''));
}

/** A machine with several addresses has to be told which one the others reach: that is asked for then. */
async function makeSwarm(workbench: OperateContext & SwarmContext, advertise: string): Promise<boolean> {
  const outcome = await operate(workbench, {
    title: l10n.t('Initialize Swarm'),
    project: '',
    again: () => makeSwarm(workbench, advertise),
    run: async (engine, _report, signal) => {
      try {
        await engine.initSwarm({ ListenAddr: '0.0.0.0:2377', AdvertiseAddr: advertise, Spec: {} }, signal);
        return 'begun';
      } catch (error) {
        if (error instanceof EngineError && /advertise/.test(error.message)) return 'no-address';
        throw error;
      }
    },
  });
  if (outcome === 'no-address') {
    const address = await vscode.window.showInputBox({
      title: l10n.t('Initialize Swarm'),
      prompt: l10n.t('This machine has several addresses. Select the one that other nodes can reach.'),
      placeHolder: '192.168.1.10',
      ignoreFocusOut: true,
      value: advertise,
    });
    return address !== undefined && address !== '' && (await makeSwarm(workbench, address));
  }
  await workbench.swarm.look();
  return outcome === 'begun';
}

/** Shows how another machine joins, to be copied. */
export async function joinTokenCommand(workbench: OperateContext): Promise<void> {
  await workbench.ready();
  const role = await vscode.window.showQuickPick(
    [
      { label: l10n.t('Worker'), description: l10n.t('runs tasks'), key: 'Worker' as const },
      {
        label: l10n.t('Manager'),
        description: l10n.t('runs tasks, and manages the swarm'),
        key: 'Manager' as const,
      },
    ],
    { placeHolder: l10n.t('Select the role of the node that joins') },
  );
  if (role === undefined) return;
  const line = await operate(workbench, {
    title: l10n.t('Join token'),
    project: '',
    again: () => joinTokenCommand(workbench),
    run: async (engine, _report, signal) => {
      const tokens = await engine.getJoinTokens(signal);
      const { address } = await engine.inspectSwarmMembership(signal);
      return `docker swarm join --token ${tokens[role.key]} ${address}`;
    },
  });
  if (line === undefined) return;
  await vscode.env.clipboard.writeText(line);
  void vscode.window.showInformationMessage(
    l10n.t(
      "The command was copied. Run it on the other machine. It contains the swarm's join token, so keep it secret.",
    ),
  );
}

/** Takes this engine out of its swarm, of which nothing is left if it was the last manager. */
export async function leaveSwarmCommand(workbench: OperateContext & SwarmContext): Promise<void> {
  await workbench.ready();
  // What is lost is said: so it has to be known, also where nobody looks at the tree.
  await workbench.swarm.look();
  const leave = l10n.t('Leave Swarm');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Remove this engine from the swarm?'),
    { modal: true, detail: leaveText(workbench.swarm.swarm, l10n.t) },
    leave,
  );
  if (answer !== leave) return;
  const run = async (): Promise<void> => {
    await operate(workbench, {
      title: leave,
      project: '',
      stops: true,
      again: run,
      run: (engine, _report, signal) => leaveSwarm(engine, { force: true }, signal),
    });
    await workbench.swarm.look();
  };
  await run();
}

import * as vscode from 'vscode';
import { findUnsupported } from '#compose/check/swarm/attributes.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { deployStack } from '#engine/swarm/deploy-stack.ts';
import { type MadeObject, removeMade } from '#engine/swarm/remove-made.ts';
import { removeStack } from '#engine/swarm/remove-stack.ts';
import type { StackRequest } from '#engine/swarm/stack.ts';
import type { ChangedFile } from '#engine/swarm/stack-files.ts';
import { showFailure } from '../stack/failure-message.ts';
import { type LoadToRunContext, loadToRun } from '../stack/load-to-run.ts';
import { type OperateContext, operate } from '../stack/operation.ts';
import type { Selection } from '../stack/selected.ts';
import { select } from '../stack/selection.ts';
import type { LogTerminalsContext } from '../terminal/log-terminals.ts';
import { isTreeRow } from '../tree/tree-row.ts';
import type { EnginesContext, LogContext, StacksContext } from '../workspace/contexts.ts';
import { awaitServices } from './await-services.ts';
import { deployQuestion, stepProgress } from './deploy-text.ts';
import { beginSwarm } from './swarm-commands.ts';
import type { SwarmContext } from './swarm-watch.ts';

const { l10n } = vscode;

/** Deploys projects as stacks of the same names, after what will be done, and what Swarm leaves out, has been agreed to. */
export async function deployStackCommand(
  workbench: OperateContext & LoadToRunContext & SwarmContext,
  args: readonly unknown[],
): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true }))
    await deployNow(workbench, selection);
}

async function deployNow(
  workbench: OperateContext & LoadToRunContext & SwarmContext,
  selection: Selection,
): Promise<void> {
  const { declared } = selection.stack;
  if (declared === undefined) return;
  const { reference } = declared;
  const loaded = await loadToRun(workbench, { reference, services: [] }, declared.loaded, {
    allResources: true,
    literalEnvFiles: true,
  });
  if (loaded === undefined) return;
  const again = () => deployNow(workbench, selection);
  const stack = loaded.project.name;
  const title = l10n.t('Deploy {0} to the swarm', stack);
  if ((await isInNone(workbench)) && !(await beginSwarm(workbench))) return;
  const steps = await preview(workbench, loaded, title, again);
  if (steps === undefined) return;
  const agreed = await agree(loaded, steps);
  if (agreed === undefined) return;
  const warnings: string[] = [];
  const made: MadeObject[] = [];
  const done = await operate(workbench, {
    title,
    project: stack,
    again,
    run: async (engine, report, signal) => {
      const ids = await deployStack(
        engine,
        loaded,
        stack,
        {
          prune: agreed.prune,
          resolveImage: 'always',
          credentials: false,
          dryRun: false,
          renames: askForNewName,
          onStep: (request) => {
            const event = stepProgress(request);
            if (event !== undefined) report(event);
          },
          onWarning: (warning) => warnings.push(warning),
          onMade: (object) => made.push(object),
        },
        signal,
      );
      void workbench.swarm.look();
      await awaitServices(engine, ids, report, signal);
      return ids;
    },
  });
  for (const warning of warnings) workbench.log.warn(warning);
  await workbench.swarm.look();
  if (done !== undefined)
    vscode.window.setStatusBarMessage(`$(check) ${l10n.t('{0} is running on the swarm', stack)}`, 5000);
  else if (made.length > 0) await offerRemoval(workbench, stack, made);
}

/** Names what a deploy that failed has made, and removes it if that is wanted. */
async function offerRemoval(
  workbench: OperateContext & SwarmContext,
  stack: string,
  made: readonly MadeObject[],
): Promise<void> {
  const remove = l10n.t('Remove');
  const answer = await vscode.window.showWarningMessage(
    l10n.t(
      'Before it ended, the deploy of {0} made: {1}.',
      stack,
      made.map(({ kind, name }) => `${kind} ${name}`).join(', '),
    ),
    remove,
  );
  if (answer === remove) await removeMadeNow(workbench, stack, made);
}

async function removeMadeNow(
  workbench: OperateContext & SwarmContext,
  stack: string,
  made: readonly MadeObject[],
): Promise<void> {
  await operate(workbench, {
    title: l10n.t('Remove what the deploy of {0} made', stack),
    project: stack,
    stops: true,
    again: () => removeMadeNow(workbench, stack, made),
    run: (engine, report, signal) =>
      removeMade(engine, made, ({ kind, name }) => report({ kind, name, status: 'Removed' }), signal),
  });
  await workbench.swarm.look();
}

/** Whether a swarm can begin here. What else is in the way is said by what comes next. */
async function isInNone(workbench: EnginesContext): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000);
  try {
    const engine = await workbench.engine.engine(signal);
    return (await engine.inspectSwarmMembership(signal)).state === 'inactive';
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return false;
  }
}

/** What a deploy that removes what has gone from the files would ask of the engine; `undefined`: it cannot be done, which has been said. */
async function preview(
  workbench: EnginesContext & LogContext & LogTerminalsContext & StacksContext,
  loaded: LoadedProject,
  title: string,
  again: () => unknown,
): Promise<readonly StackRequest[] | undefined> {
  const steps: StackRequest[] = [];
  const signal = AbortSignal.timeout(30_000);
  const project = loaded.project.name;
  try {
    await deployStack(
      await workbench.engine.engine(signal),
      loaded,
      project,
      {
        prune: true,
        resolveImage: 'never',
        credentials: false,
        dryRun: true,
        onStep: (request) => steps.push(request),
        onWarning: () => {},
      },
      signal,
    );
    return steps;
  } catch (error) {
    await showFailure(workbench, { title, project, again }, error);
    return undefined;
  }
}

async function agree(
  { project }: LoadedProject,
  steps: readonly StackRequest[],
): Promise<{ readonly prune: boolean } | undefined> {
  const { detail, deploy, deployAndRemove } = deployQuestion(steps, findUnsupported(project), l10n.t);
  const answer = await vscode.window.showInformationMessage(
    l10n.t('Deploy {0} to the swarm?', project.name),
    { modal: true, detail },
    ...(deployAndRemove === undefined ? [deploy] : [deploy, deployAndRemove]),
  );
  return answer === undefined ? undefined : { prune: answer === deployAndRemove };
}

async function askForNewName({ kind, name, newName }: ChangedFile): Promise<boolean> {
  const deployIt = l10n.t('Deploy as {0}', newName);
  const answer = await vscode.window.showWarningMessage(
    kind === 'secret'
      ? l10n.t('The content of the secret {0} has changed, but a swarm cannot update secrets.', name)
      : l10n.t('The content of the config {0} has changed, but a swarm cannot update configs.', name),
    {
      modal: true,
      detail: l10n.t(
        'It can be deployed under a new name, which the services will use. The old one will be kept.',
      ),
    },
    deployIt,
  );
  return answer === deployIt;
}

/** Removes a stack's services, networks, secrets and configs; its volumes stay. */
export async function removeStackCommand(
  workbench: OperateContext & SwarmContext,
  args: readonly unknown[],
): Promise<void> {
  const stack = await pickStack(workbench, args);
  if (stack === undefined) return;
  const remove = l10n.t('Remove');
  const services = workbench.swarm.swarm?.stacks.find(({ name }) => name === stack)?.services ?? [];
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Remove the stack {0} from the swarm?', stack),
    {
      modal: true,
      detail: l10n.t(
        'Its services ({0}), networks, secrets, and configs will be removed. Its volumes will be kept.',
        services.map(({ shortName }) => shortName).join(', '),
      ),
    },
    remove,
  );
  if (answer === remove) await removeNow(workbench, stack);
}

async function removeNow(workbench: OperateContext & SwarmContext, stack: string): Promise<void> {
  await operate(workbench, {
    title: l10n.t('Remove {0} from the swarm', stack),
    project: stack,
    stops: true,
    again: () => removeNow(workbench, stack),
    run: (engine, report, signal) =>
      removeStack(
        engine,
        stack,
        { wait: true },
        ({ kind, name }) => report({ kind, name, status: 'Removed' }),
        signal,
      ),
  });
  await workbench.swarm.look();
}

async function pickStack(
  workbench: StacksContext & SwarmContext,
  args: readonly unknown[],
): Promise<string | undefined> {
  await workbench.ready();
  const [row] = args;
  if (isTreeRow(row) && row.kind === 'swarm-stack') return row.swarmStack;
  await workbench.swarm.look();
  const stacks = workbench.swarm.swarm?.stacks ?? [];
  if (stacks.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No stack is running on a swarm.'));
    return undefined;
  }
  return vscode.window.showQuickPick(
    stacks.map(({ name }) => name),
    { placeHolder: l10n.t('Select a stack') },
  );
}

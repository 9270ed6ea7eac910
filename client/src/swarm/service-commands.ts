import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { splitReference } from '#compose/values/image-reference.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { ServiceSpec } from '#engine/api/swarm-calls.ts';
import type { Report } from '#engine/observe/progress.ts';
import { forced, rollBack, scaled } from '#engine/swarm/alter-spec.ts';
import { changeService } from '#engine/swarm/change-service.ts';
import type { Awaited } from '#engine/swarm/converge.ts';
import type { ObservedService } from '#engine/swarm/observe-swarm.ts';
import { pinImage, withPinned } from '#engine/swarm/pin-images.ts';
import * as configuration from '../shared/configuration.ts';
import { type OperateContext, operate } from '../stack/operation.ts';
import { openCommand } from '../terminal/command-terminal.ts';
import { isTreeRow } from '../tree/tree-row.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import { askEngine } from './ask-engine.ts';
import { awaitServices } from './await-services.ts';
import { rollBackText } from './roll-back-text.ts';
import { isSwarmRow } from './swarm-row.ts';
import { findService, servicesOf } from './swarm-tree.ts';
import type { SwarmContext } from './swarm-watch.ts';

const { l10n } = vscode;

type Command = (workbench: OperateContext & SwarmContext, args: readonly unknown[]) => Promise<void>;

export const scaleSwarmServiceCommand: Command = async (workbench, args) => {
  const service = await pickSwarmService(workbench, args, ({ mode }) => /^replicated/.test(mode));
  if (service === undefined) return;
  const text = await vscode.window.showInputBox({
    title: l10n.t('Scale {0}', service.name),
    prompt: l10n.t('Number of tasks (currently {0})', service.wanted),
    value: String(service.wanted),
    validateInput: (value) =>
      /^\d{1,4}$/.test(value.trim()) ? undefined : l10n.t('Enter a whole number, 0 or more.'),
  });
  if (text === undefined) return;
  const count = Number(text);
  await change(workbench, service, l10n.t('Scale {0} to {1}', service.name, count), (spec) =>
    scaled(spec, count),
  );
};

export const updateSwarmImageCommand: Command = async (workbench, args) => {
  const service = await pickSwarmService(workbench, args);
  if (service === undefined) return;
  const { image } = service;
  const { name } = splitReference(image);
  const text = await vscode.window.showInputBox({
    title: l10n.t('Update the image of {0}', service.name),
    prompt: l10n.t('Its tasks will be replaced according to update_config.'),
    value: image,
    valueSelection: [Math.min(name.length + 1, image.length), image.length],
    validateInput: (value) => (value.trim() === '' ? l10n.t('Enter an image name.') : undefined),
  });
  const wanted = text?.trim();
  if (wanted === undefined || wanted === image) return;
  const onWarning = (warning: string) => workbench.log.warn(warning);
  await run(workbench, service, l10n.t('Update {0} to {1}', service.name, wanted), async (engine, signal) => {
    const pinned = await pinImage(engine, wanted, onWarning, signal);
    const to = (spec: ServiceSpec) => withPinned(spec, pinned);
    await changeService(engine, service.id, to, { credentials: false, onWarning }, signal);
  });
};

/** Makes the tasks anew, as they are. */
export const restartSwarmTasksCommand: Command = async (workbench, args) => {
  const service = await pickSwarmService(workbench, args);
  if (service !== undefined)
    await change(workbench, service, l10n.t('Restart the tasks of {0}', service.name), forced);
};

export const rollBackSwarmServiceCommand: Command = async (workbench, args) => {
  const service = await pickSwarmService(workbench, args, ({ canRollBack }) => canRollBack);
  if (service === undefined) return;
  const { name } = service;
  const title = l10n.t('Roll back {0}', name);
  const again = () => rollBackSwarmServiceCommand(workbench, args);
  const before = await askEngine(workbench, title, again, (engine, signal) =>
    engine.inspectService(service.id, signal),
  );
  if (before === undefined) return;
  if (before.PreviousSpec === undefined) {
    void vscode.window.showInformationMessage(l10n.t('{0} has not been changed yet.', name));
    return;
  }
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Roll back {0} to its state before the last change?', name),
    { modal: true, detail: rollBackText(service, before.PreviousSpec) },
    l10n.t('Roll Back'),
  );
  if (answer !== undefined)
    await run(
      workbench,
      service,
      title,
      (engine, signal) => rollBack(engine, service.id, signal).then(() => {}),
      { rollback: true },
    );
};

/** What its tasks write, on whichever node, in a terminal. */
export const swarmLogsCommand: Command = async (workbench, args) => {
  const service = await pickSwarmService(workbench, args);
  if (service === undefined) return;
  const words = ['service', 'logs', '--follow', '--tail', String(configuration.logsTail()), service.name];
  openCommand(l10n.t('Logs: {0}', service.name), { words, cwd: homedir() }, 'output');
};

async function change(
  workbench: OperateContext & SwarmContext,
  service: ObservedService,
  title: string,
  to: (spec: ServiceSpec) => ServiceSpec,
): Promise<void> {
  const onWarning = (warning: string) => workbench.log.warn(warning);
  await run(workbench, service, title, (engine, signal) =>
    changeService(engine, service.id, to, { credentials: false, onWarning }, signal),
  );
}

/** Asks the swarm for something, then follows its tasks until it is so. */
async function run(
  workbench: OperateContext & SwarmContext,
  service: ObservedService,
  title: string,
  ask: (engine: EnginePort, signal: AbortSignal) => Promise<void>,
  awaited: Awaited = {},
): Promise<void> {
  await operate(workbench, {
    title,
    project: service.name,
    again: () => run(workbench, service, title, ask, awaited),
    run: async (engine, report: Report, signal) => {
      await ask(engine, signal);
      void workbench.swarm.look();
      await awaitServices(engine, [service.id], report, signal, awaited);
    },
  });
  await workbench.swarm.look();
}

/** The row's, its task's, or the one picked of those that fit. */
async function pickSwarmService(
  workbench: StacksContext & SwarmContext,
  args: readonly unknown[],
  fits: (service: ObservedService) => boolean = () => true,
): Promise<ObservedService | undefined> {
  await workbench.ready();
  const [row] = args;
  if (isTreeRow(row) && isSwarmRow(row) && 'swarmService' in row)
    return findService(workbench.swarm.swarm, row.swarmService);
  await workbench.swarm.look();
  const services = servicesOf(workbench.swarm.swarm).filter(fits);
  if (services.length === 0) {
    void vscode.window.showInformationMessage(
      workbench.swarm.swarm === undefined
        ? l10n.t('This engine does not manage a swarm.')
        : l10n.t('This service does not exist in the swarm.'),
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    services.map((service) => ({ label: service.name, description: service.image, service })),
    { placeHolder: l10n.t('Select a swarm service') },
  );
  return picked?.service;
}

import { portShortages } from '#compose/check/port-shortage.ts';
import type { Service } from '#compose/model/project.ts';
import * as vscode from 'vscode';
import { up } from '#engine/operations/up.ts';
import { pickService } from '../terminal/terminal-commands.ts';
import { intentOn } from './intent.ts';
import { type LoadToRunContext, loadToRun } from './load-to-run.ts';
import { type OperateContext, operate } from './operation.ts';
import type { Selection } from './selected.ts';
import { select } from './selection.ts';

const { l10n } = vscode;

/** More or fewer containers of a service. */
export async function scaleCommand(
  workbench: OperateContext & LoadToRunContext,
  args: readonly unknown[],
): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true })) {
    const service = await pickService(selection, ({ declared }) => declared !== undefined);
    if (service === undefined) continue;
    const count = await askCount(selection, service);
    if (count !== undefined) await scaleTo(workbench, selection, service, count);
  }
}

async function askCount({ stack }: Selection, service: string): Promise<number | undefined> {
  const now = stack.services.find(({ name }) => name === service)?.containers.length ?? 0;
  const definition = stack.declared?.loaded?.project.services[service];
  const name = definition?.container_name;
  const text = await vscode.window.showInputBox({
    title: l10n.t('Scale {0}', service),
    prompt:
      name === undefined
        ? l10n.t('Number of containers (currently {0})', now)
        : l10n.t('The service has a container_name ({0}), so it can have only one container.', name),
    value: String(now),
    validateInput: (value) => scaleProblem(definition, value),
  });
  return text === undefined ? undefined : Number(text);
}

/** What is wrong with a number of containers: it is none, or the service publishes too few host ports for it. */
function scaleProblem(
  service: Service | undefined,
  value: string,
): vscode.InputBoxValidationMessage | undefined {
  if (!/^\d{1,3}$/.test(value.trim()))
    return {
      message: l10n.t('Enter a whole number, 0 or more.'),
      severity: vscode.InputBoxValidationSeverity.Error,
    };
  const [shortage] = service === undefined ? [] : portShortages(service, Number(value));
  if (shortage === undefined) return undefined;
  return {
    message: l10n.t(
      'Only {0} of {1} containers can publish the host port {2}; the others cannot start.',
      shortage.room,
      shortage.wanted,
      shortage.published,
    ),
    severity: vscode.InputBoxValidationSeverity.Warning,
  };
}

async function scaleTo(
  workbench: OperateContext & LoadToRunContext,
  selection: Selection,
  service: string,
  count: number,
): Promise<void> {
  const { declared } = selection.stack;
  if (declared === undefined) return;
  const loaded = await loadToRun(
    workbench,
    { reference: declared.reference, services: [service] },
    declared.loaded,
  );
  if (loaded === undefined) return;
  await operate(workbench, {
    title: l10n.t('Scale {0} to {1}', `${selection.stack.name} › ${service}`, count),
    project: loaded.project.name,
    engine: selection.stack.engine,
    again: () => scaleTo(workbench, selection, service, count),
    intent: intentOn({ ...selection, services: [service] }, 'starting'),
    run: (engine, report, signal) =>
      up(
        engine,
        loaded,
        { ...workbench.files.programs, services: [service], scale: { [service]: count } },
        report,
        signal,
      ),
  });
}

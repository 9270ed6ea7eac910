import * as vscode from 'vscode';
import type { Message } from '#engine/api/message.ts';
import { type AfterUp, standingAfterUp } from '#engine/operations/after-operation.ts';
import { type UpOptions, up } from '#engine/operations/up.ts';
import * as configuration from '../shared/configuration.ts';
import { maskSecrets } from '../shared/mask.ts';
import { messageText } from '../shared/translate.ts';
import { stepDone } from '../shared/walkthrough.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import type { DeclaredProject } from '../workspace/declared.ts';
import { isOff } from '../workspace/stacks.ts';
import { orphansText } from './after-operation-text.ts';
import { sayDone } from './done-message.ts';
import { intentToBringUp } from './intent.ts';
import { type LoadToRunContext, loadToRun } from './load-to-run.ts';
import { type OperateContext, operate } from './operation.ts';
import { removeOrphansOf } from './remove-orphans-command.ts';
import { type Selection, titleOf } from './selected.ts';
import { select } from './selection.ts';

const { l10n } = vscode;

/** Brings up a project, or some of its services with what they depend on. */
export async function upCommand(workbench: UpContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true }))
    await upSelection(workbench, selection);
}

/** Shows the plan first, whatever it is, to be applied or cancelled. */
export async function previewUpCommand(workbench: UpContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true }))
    await upSelection(workbench, selection, {}, true);
}

/** Builds what is there, too. */
export async function upBuildCommand(workbench: UpContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true }))
    await upSelection(workbench, selection, { forceBuild: true });
}

/** Makes every container anew. */
export async function upRecreateCommand(workbench: UpContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true }))
    await upSelection(workbench, selection, { forceRecreate: true });
}

export type UpContext = OperateContext & LoadToRunContext & ExtensionScope;

export async function upSelection(
  workbench: UpContext,
  selection: Selection,
  how: Pick<UpOptions, 'forceBuild' | 'forceRecreate'> = {},
  preview = false,
): Promise<void> {
  const { stack } = selection;
  const { declared } = stack;
  if (declared === undefined) {
    void vscode.window.showInformationMessage(
      l10n.t('{0} has no Compose file in this workspace. It can be started, but not brought up.', stack.name),
    );
    return;
  }
  const { operations } = workbench;
  const place = { project: stack.name, engine: stack.engine };
  // From the click on, before anything was read or asked: what the plan takes is part of it.
  const planning = operations.begin({
    ...intentToBringUp(selection, declared.loaded),
    ...place,
    stops: false,
    bringsUp: false,
  });
  try {
    await planAndBringUp(workbench, { ...selection, declared }, how, preview, () => planning.withdraw());
  } finally {
    planning.withdraw();
  }
}

/** `asked`: called when what is under way is no longer the planning: a person is asked, or it is being carried out. */
async function planAndBringUp(
  workbench: UpContext,
  selection: Selection & { readonly declared: DeclaredProject },
  how: Pick<UpOptions, 'forceBuild' | 'forceRecreate'>,
  preview: boolean,
  asked: () => void,
): Promise<void> {
  const { stack, services = [], declared } = selection;
  const { reference } = declared;
  // Naming a service is what makes Compose take in one whose profile is off.
  const off = stack.services.filter((service) => services.includes(service.name) && isOff(service));
  const loaded = await loadToRun(
    workbench,
    { reference, services: off.length > 0 ? services : [] },
    declared.loaded,
  );
  if (loaded === undefined) return;
  const warnings: string[] = [];
  const on = stack.engine === undefined ? {} : { engine: stack.engine };
  const again = () =>
    upSelection(
      workbench,
      { ...selection, stack: { ...(workbench.stacks.stack(stack.key) ?? stack), ...on } },
      how,
      preview,
    );
  const resource = vscode.Uri.file(reference.mainFile);
  const options = {
    ...how,
    services,
    removeOrphans: configuration.removeOrphans(resource),
    ...workbench.files.programs,
  };
  const { agreeToPlan } = await import('../plan/agree.ts');
  const title = titleOf(selection);
  const { engine: where } = stack;
  const proposal = { title, engine: where, resource, loaded, options, always: preview, again, asked };
  const agreed = await agreeToPlan(workbench, proposal);
  if (agreed === undefined) return;
  const working = operate(workbench, {
    title: l10n.t('Up: {0}', titleOf(selection)),
    project: loaded.project.name,
    engine: where,
    intent: intentToBringUp(selection, loaded),
    again,
    run: async (engine, report, signal) => {
      const result = await up(
        engine,
        loaded,
        {
          ...agreed,
          // They are told of when it is done, with what can be done about them.
          ignoreOrphans: true,
          confirm: askBeforeLoss,
          onWarning: (warning) => warnings.push(messageText(warning, l10n.t)),
          // What is built here is built by the engine; the builder is loaded when there is something to build.
          build: async (names, tell, stop) => {
            const { buildServices } = await import('#engine/image-build/build-services.ts');
            const onOutput = (service: string, line: string) =>
              workbench.log.info(`${service}: ${maskSecrets(line)}`);
            await buildServices(engine, loaded, names, { onOutput }, tell, stop);
          },
          hookOutput: (container, line) => workbench.log.info(`${container}: ${line}`),
        },
        report,
        signal,
      );
      return standingAfterUp(engine, loaded, result, signal);
    },
  });
  asked();
  const standing = await working;
  for (const warning of warnings) workbench.log.warn(warning);
  if (standing === undefined) return;
  const [first] = warnings;
  if (first !== undefined) void vscode.window.showWarningMessage(first);
  sayHowItStands(workbench, selection, standing);
}

function sayHowItStands(workbench: UpContext, selection: Selection, { fallen, orphans }: AfterUp): void {
  const title = titleOf(selection);
  // What has ended is told of as an incident, with its reason.
  const text =
    fallen.length === 0
      ? `$(check) ${l10n.t('{0} is up', title)}`
      : `$(warning) ${l10n.t('{0} is not fully up: {1}', title, fallen.join(', '))}`;
  sayDone({ project: selection.stack.name, engine: selection.stack.engine }, text);
  if (fallen.length === 0) void stepDone('run');
  if (orphans.length === 0) return;
  const said = orphansText(orphans, l10n.t);
  workbench.log.warn(said);
  const remove = l10n.t('Remove Orphans');
  void vscode.window
    .showInformationMessage(`${selection.stack.name}: ${said}`, remove)
    .then(async (answer) => {
      if (answer === remove) await removeOrphansOf(workbench, { stack: selection.stack });
    });
}

async function askBeforeLoss(question: Message): Promise<boolean> {
  const goOn = l10n.t('Continue and Lose Data');
  return (
    (await vscode.window.showWarningMessage(messageText(question, l10n.t), { modal: true }, goOn)) === goOn
  );
}

import * as vscode from 'vscode';
import { recordOf } from '#compose/values/record.ts';
import { pendingPulls, pullImages } from '#engine/operations/pull.ts';
import { intentOn } from './intent.ts';
import { loadToRun } from './load-to-run.ts';
import { operate } from './operation.ts';
import { titleOf } from './selected.ts';
import { select } from './selection.ts';
import { type UpContext, upSelection } from './up-commands.ts';

const { l10n } = vscode;

/** Pulls what registries have, whatever the pull policies say, and then shows the plan of an Up, which makes the containers of other images anew. */
export async function pullNewerCommand(workbench: UpContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args, { declaredOnly: true })) {
    const { stack, services = [] } = selection;
    if (stack.declared === undefined) continue;
    const { reference, loaded: known } = stack.declared;
    const loaded = await loadToRun(workbench, { reference, services }, known);
    if (loaded === undefined) continue;
    const { name, services: all } = loaded.project;
    const wanted = recordOf(
      Object.entries(all).filter(
        ([each, { build }]) => build === undefined && (services.length === 0 || services.includes(each)),
      ),
    );
    const pulled = await operate(workbench, {
      title: l10n.t('Pull: {0}', titleOf(selection)),
      project: name,
      engine: stack.engine,
      intent: intentOn(selection, 'pulling'),
      again: () => pullNewerCommand(workbench, args),
      run: async (engine, report, signal) => {
        await pullImages(engine, pendingPulls(name, wanted, {}, 'always'), () => false, report, signal);
        return true;
      },
    });
    if (pulled === true) await upSelection(workbench, selection, {}, true);
  }
}

import * as vscode from 'vscode';
import type { LoadedProject } from '#compose/load/request.ts';
import { previewUp, type UpPreview, weightOf } from '#engine/operations/preview-up.ts';
import type { UpOptions } from '#engine/operations/up.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import * as configuration from '../shared/configuration.ts';
import { type OperateContext, operate } from '../stack/operation.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { planDocument } from './plan-document.ts';
import { askWithPlan } from './plan-editor.ts';

const { l10n } = vscode;

export interface Proposal {
  /** What is brought up, for people: `shop › web`. */
  readonly title: string;
  /** The engine, where that is not the chosen one. */
  readonly engine: string | undefined;
  /** Whose setting counts. */
  readonly resource: vscode.Uri;
  readonly loaded: LoadedProject;
  readonly options: UpOptions;
  /** Show the plan whatever it takes away. */
  readonly always: boolean;
  /** Called when a person is asked: what was under way waits for the answer. */
  readonly asked?: () => void;
  /** The whole command once more. */
  readonly again: () => unknown;
}

/**
 * With which options to go on with an up; `undefined`: not. At once when its plan takes nothing away that the user wants to be asked about, else once
 * the plan that was shown is applied. When the world has moved on by then, the new plan is shown.
 */
export async function agreeToPlan(
  workbench: OperateContext & ExtensionScope,
  proposal: Proposal,
): Promise<UpOptions | undefined> {
  const asked = proposal.always ? 'always' : configuration.previewUp(proposal.resource);
  // Who asks for recreation knows that containers are recreated.
  const setting = asked === 'changes' && proposal.options.forceRecreate === true ? 'loss' : asked;
  let { options } = proposal;
  if (setting === 'never') return options;
  let preview = await look(workbench, proposal, options);
  if (preview === undefined) return undefined;
  const weight = weightOf(preview);
  const shows = setting === 'always' || weight === 'loss' || (setting === 'changes' && weight === 'changes');
  if (!shows) return options;
  const title = l10n.t('Up: {0}', proposal.title);
  let heading = title;
  proposal.asked?.();
  for (;;) {
    const text = planDocument(heading, preview, l10n.t);
    const hasOrphans = preview.plan.warnings.some(({ kind }) => kind === 'orphans');
    const answer = await askWithPlan(workbench, title, text, hasOrphans);
    if (answer === 'cancel') return undefined;
    if (answer === 'remove-orphans') options = { ...options, removeOrphans: true };
    const now = await look(workbench, proposal, options);
    if (now === undefined) return undefined;
    if (answer === 'apply' && isSame(preview, now)) return options;
    preview = now;
    if (answer === 'remove-orphans') continue;
    heading = `${title}\n! ${l10n.t('The situation has changed since the plan was made. This is the new plan.')}`;
  }
}

function look(
  workbench: OperateContext,
  { title, engine: on, loaded, again }: Proposal,
  options: UpOptions,
): Promise<UpPreview | undefined> {
  return operate(workbench, {
    title: l10n.t('Plan: {0}', title),
    project: loaded.project.name,
    engine: on,
    again,
    run: (engine, _report, signal) => previewUp(engine, loaded, options, signal),
  });
}

function isSame(a: UpPreview, b: UpPreview): boolean {
  return formatPlan(a.plan) === formatPlan(b.plan) && a.changedVolumes.join() === b.changedVolumes.join();
}

import { formatMessage, type Message, say } from '../api/message.ts';
import { formatPlan } from '../plan/plan-text.ts';
import { decimalSize } from '../project/format-size.ts';
import { shortImageId } from '../project/short-image-id.ts';
import type { DeployOutcome, DeployReport, DeployStepName } from './deploy-report.ts';

/** The report for a person, in English: how it ended and why, then each step with its time, images, and snapshots. */
export function reportText(report: DeployReport): string {
  const { project, outcome, errors, steps, images, snapshots } = report;
  const lines = [`${project}: ${formatMessage(outcomeMessages[outcome])}`];
  lines.push(...errors.map((error) => `  ${reasonOf(error)}`));
  for (const { step, isDone, seconds } of steps)
    lines.push(
      `  ${formatMessage(stepMessages[step]).padEnd(22)} ${isDone ? 'done' : 'failed'} in ${seconds} s`,
    );
  if (outcome === 'deployed' || outcome === 'partly')
    for (const { reference, before, after } of images)
      lines.push(`  image ${reference}: ${shortId(before)} -> ${shortId(after)}`);
  for (const { volume, file, bytes } of snapshots)
    lines.push(`  snapshot of ${volume}: ${file} (${decimalSize(bytes)})`);
  return `${lines.join('\n')}\n`;
}

/** The report as plain data, for programs. */
export function reportJson(report: DeployReport): Readonly<Record<string, unknown>> {
  const { plan, errors, ...rest } = report;
  return {
    ...rest,
    reasons: errors.map(reasonOf),
    plan:
      plan === undefined
        ? []
        : formatPlan(plan)
            .split('\n')
            .map((line) => line.trim()),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function shortId(id: string | undefined): string {
  return id === undefined ? 'none' : shortImageId(id);
}

/** How it ended, as a clause. */
export const outcomeMessages = {
  deployed: say`deployed`,
  unchanged: say`nothing to deploy, everything is as the files have it`,
  'rolled-back': say`the new version failed; what ran before runs again`,
  paused: say`the new version failed; everything is left as it is now (failure_action: pause)`,
  partly: say`deployed, but not everything is healthy (failure_action: continue)`,
  refused: say`nothing was deployed`,
  broken: say`the deploy failed, and could not be completed or taken back`,
} as const satisfies Record<DeployOutcome, Message>;

export const stepMessages = {
  check: say`check and first plan`,
  backup: say`backup`,
  snapshot: say`snapshots of volumes`,
  images: say`images`,
  plan: say`plan`,
  update: say`update`,
  finish: say`removal of the old`,
  back: say`way back`,
} as const satisfies Record<DeployStepName, Message>;

import { formatMessage } from '../api/message.ts';
import type { Plan } from './plan.ts';
import { causeMessage, lossMessage, operationMessage, warningMessage } from './plan-words.ts';

/**
 * A plan as English text, one line a step: `3. create container app-web-1 (there is no container yet) after 1, 2`. A step that destroys data starts
 * with `!` and says what is lost. The same text is in previews, in transcripts and in tests.
 */
export function formatPlan(plan: Plan): string {
  const lines: string[] = [];
  for (const { id, operation, cause, after, destroys } of plan.nodes) {
    const mark = destroys === undefined ? ' ' : '!';
    const step = `${formatMessage(operationMessage(operation))} (${formatMessage(causeMessage(cause))})`;
    const order = after.length === 0 ? '' : ` after ${after.join(', ')}`;
    const loss = destroys === undefined ? '' : `: ${formatMessage(lossMessage(destroys))}`;
    lines.push(`${mark} ${id}. ${step}${order}${loss}`);
  }
  if (plan.nodes.length === 0) lines.push('nothing to do');
  if (plan.upToDate.length > 0) lines.push(`up to date: ${plan.upToDate.join(', ')}`);
  for (const warning of plan.warnings) lines.push(`warning: ${formatMessage(warningMessage(warning))}`);
  return lines.join('\n');
}

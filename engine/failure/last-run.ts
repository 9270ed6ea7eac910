import type { ContainerDetails } from '../api/engine-objects.ts';
import type { FactLine } from './facts.ts';

/**
 * Milliseconds. An engine notes the time of a start once the start is done, Engine 20.10 later still: a short program has written all its lines by then,
 * or has even ended. When it ended is told as it was.
 */
const startLag = 1000;

/** Of a container's lines, those since its last start; of one that runs again, also those before: its last end is what one asks for. */
export function linesOfLastRun(
  lines: readonly FactLine[],
  {
    state,
    restartCount,
    startedAt,
    finishedAt,
  }: Pick<ContainerDetails, 'state' | 'restartCount' | 'startedAt' | 'finishedAt'>,
): readonly FactLine[] {
  const isAgain = restartCount > 0 && (state === 'running' || state === 'restarting');
  if (isAgain || startedAt === undefined) return lines;
  const since =
    state === 'exited' || state === 'dead'
      ? Math.min(startedAt, finishedAt ?? startedAt) - startLag
      : // Of one that runs, the engine still knows when it ended before.
        Math.max(startedAt - startLag, finishedAt ?? Number.NEGATIVE_INFINITY);
  return lines.filter(({ time }) => time === undefined || time >= since);
}

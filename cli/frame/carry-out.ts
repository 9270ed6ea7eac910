import type { Execution } from '#engine/operations/lifecycle.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import type { Plan } from '#engine/plan/plan.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { Report } from '#engine/observe/progress.ts';
import type { ProjectTarget } from '#engine/project/project-target.ts';
import type { CommandContext } from './command.ts';
import { progressReport } from './progress-lines.ts';

type Operation<O> = (
  engine: EnginePort,
  target: ProjectTarget,
  options: O & Execution,
  report: Report,
  signal: AbortSignal,
) => Promise<Plan>;

/** Does an operation of `lifecycle.ts` for a command; with `--dry-run` it only writes what would be done. */
export async function carryOut<O>(
  context: CommandContext,
  operation: Operation<O>,
  target: ProjectTarget,
  options: O,
): Promise<Plan> {
  const { global, output, signal } = context;
  const engine = await context.engine();
  const plan = await operation(
    engine,
    target,
    { ...options, planOnly: global.dryRun },
    progressReport(context),
    signal,
  );
  if (global.dryRun) output.write(`${formatPlan(plan)}\n`);
  return plan;
}

import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { label } from '#engine/project/labels.ts';
import type { Stack } from '../workspace/stacks.ts';
import { type DebugContext, runningOf } from './debug-context.ts';
import { DebugSessions } from './debug-sessions.ts';
import type { ServiceConfiguration } from './service-configuration.ts';

const { l10n } = vscode;

/** How long a program may take to come back, and how often is looked, in ms. */
const patience = 30_000;
const pause = 250;

/** When a session was attached again, by project and service: a program that ends at once is not followed for ever. */
const before = new Map<string, number[]>();

/**
 * The program has ended by itself, as it does when its files were synced and it was restarted: attaches to the one that follows it, in the same container
 * or in the one that took its place. `false`: none has come.
 */
export async function attachAgain(
  workbench: DebugContext,
  configuration: ServiceConfiguration & Readonly<Record<string, unknown>>,
  stack: Pick<Stack, 'key' | 'engine'>,
  container: ContainerSummary,
): Promise<boolean> {
  const key = `${stack.key} ${configuration.service}`;
  const now = Date.now();
  const lately = (before.get(key) ?? []).filter((at) => now - at < patience);
  if (lately.length >= 5) return false;
  before.set(key, [...lately, now]);
  const waiting = vscode.window.setStatusBarMessage(
    `$(debug-disconnect) ${l10n.t('{0}: waiting for the program to start again', configuration.service)}`,
  );
  try {
    while (Date.now() - now < patience) {
      await delay(pause);
      const current = workbench.stacks.stack(stack.key);
      const number = container.labels[label.containerNumber];
      const next =
        current === undefined
          ? undefined
          : runningOf(current, configuration.service).find(
              ({ labels }) => labels[label.containerNumber] === number,
            );
      if (next === undefined) continue;
      if (workbench.once.of(DebugSessions, workbench).containers.has(next.id)) return true;
      if (!(await runsProgram(workbench, stack, next))) continue;
      return await vscode.debug.startDebugging(undefined, {
        ...configuration,
        ...(number === undefined ? {} : { replica: Number(number) }),
      });
    }
    return false;
  } finally {
    waiting.dispose();
  }
}

/** Whether there is a process to attach to, and not the reloader or shell alone that will start it. */
async function runsProgram(
  workbench: DebugContext,
  stack: Pick<Stack, 'key' | 'engine'>,
  { id }: ContainerSummary,
): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000);
  try {
    const engine = await workbench.engines.of(stack).engine(signal);
    const details = await engine.inspectContainer(id, signal);
    const { debuggeeIn } = await import('#engine/debug/debuggee.ts');
    await debuggeeIn(engine, details, undefined, signal);
    return details.state === 'running';
  } catch {
    return false;
  }
}

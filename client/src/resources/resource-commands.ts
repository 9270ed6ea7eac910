import * as vscode from 'vscode';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { type Resource, resourcesOf, unusedOf } from '../tree/resource-text.ts';
import { calledRows, type TreeRow } from '../tree/tree-row.ts';
import type { StacksContext } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';
import { operate, type OperateContext } from '../stack/operation.ts';

const { l10n } = vscode;

/** Removes the chosen networks and volumes, after asking. What is in use is not asked of the engine. */
export async function removeResourceCommand(
  workbench: OperateContext,
  args: readonly unknown[],
): Promise<void> {
  for (const [stack, rows] of byStack(workbench, args)) {
    const chosen = rows.flatMap((row) =>
      row.kind === 'network' || row.kind === 'volume'
        ? resourcesOf(stack, row.kind).filter(({ name, exists }) => exists && name === row.name)
        : [],
    );
    const used = chosen.find(({ users }) => users.length > 0);
    if (used !== undefined) {
      void vscode.window.showWarningMessage(
        l10n.t('{0} is used by {1}. Take down that project first.', used.name, used.users.join(', ')),
      );
      continue;
    }
    await remove(workbench, stack, chosen);
  }
}

/** Removes the networks or volumes of a group that no container of the project uses, after asking. */
export async function pruneResourcesCommand(
  workbench: OperateContext,
  args: readonly unknown[],
): Promise<void> {
  for (const [stack, rows] of byStack(workbench, args)) {
    const kinds = new Set(
      rows.flatMap(({ kind }): Resource['kind'][] =>
        kind === 'networks' ? ['network'] : kind === 'volumes' ? ['volume'] : [],
      ),
    );
    await remove(
      workbench,
      stack,
      [...kinds].flatMap((kind) => unusedOf(stack, kind)),
    );
  }
}

async function remove(
  workbench: OperateContext,
  stack: Stack,
  resources: readonly Resource[],
): Promise<void> {
  if (resources.length === 0 || !(await confirm(resources))) return;
  const names = resources.map(({ name }) => name).join(', ');
  await operate(workbench, {
    title: l10n.t('Remove: {0}', names),
    project: stack.name,
    engine: stack.engine,
    again: () => remove(workbench, stack, resources),
    run: async (engine, report, signal) => {
      for (const { kind, name } of resources) {
        report({ kind, name, status: 'Removing' });
        await removeOne(engine, kind, name, signal);
        report({ kind, name, status: 'Removed' });
      }
    },
  });
}

function removeOne(
  engine: EnginePort,
  kind: Resource['kind'],
  name: string,
  signal: AbortSignal,
): Promise<void> {
  return kind === 'network' ? engine.removeNetwork(name, signal) : engine.removeVolume(name, signal);
}

async function confirm(resources: readonly Resource[]): Promise<boolean> {
  const volumes = resources.filter(({ kind }) => kind === 'volume');
  const list = resources.map(({ name }) => `• ${name}`).join('\n');
  const action = l10n.t('Remove');
  const answer = await vscode.window.showWarningMessage(
    resources.length === 1
      ? l10n.t('Remove {0}?', resources[0]?.name ?? '')
      : l10n.t('Remove {0} items?', resources.length),
    {
      modal: true,
      detail:
        volumes.length === 0
          ? list
          : `${list}\n\n${l10n.t('All data in these volumes will be deleted. This cannot be undone.')}`,
    },
    action,
  );
  return answer === action;
}

function byStack(
  { stacks }: StacksContext,
  args: readonly unknown[],
): readonly (readonly [Stack, readonly TreeRow[]])[] {
  const rows = calledRows(args);
  const keys = new Set(rows.flatMap((row) => ('stack' in row ? [row.stack] : [])));
  return [...keys].flatMap((key) => {
    const stack = stacks.stack(key);
    return stack === undefined
      ? []
      : [[stack, rows.filter((row) => 'stack' in row && row.stack === key)] as const];
  });
}

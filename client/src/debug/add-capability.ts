import * as vscode from 'vscode';
import { withCapability } from '#engine/debug/with-capability.ts';
import { debugType } from '../ids.ts';
import type { Stack } from '../workspace/stacks.ts';
import type { DebugContext } from './debug-context.ts';
import { upOverridden } from './override.ts';
import type { ServiceConfiguration } from './service-configuration.ts';

const { l10n } = vscode;

/**
 * The debugger may not enter the process: says so, and offers the two ways that there are. Both start the service anew, with a change in memory that goes
 * with the session.
 */
export async function offerCapability(
  workbench: DebugContext,
  configuration: ServiceConfiguration & Readonly<Record<string, unknown>>,
  stack: Stack,
  capability: string,
  text: string,
): Promise<void> {
  const add = l10n.t('Add {0}', capability);
  const restart = l10n.t('Restart Under the Debugger');
  const ways = stack.declared === undefined ? [] : [add, restart];
  const answer = await vscode.window.showErrorMessage(text, ...ways);
  if (answer === restart)
    await vscode.debug.startDebugging(undefined, { ...configuration, request: 'launch' });
  if (answer === add && (await addCapability(workbench, configuration, stack, capability)))
    await vscode.debug.startDebugging(undefined, { ...configuration, type: debugType, overridden: true });
}

function addCapability(
  workbench: DebugContext,
  configuration: ServiceConfiguration,
  stack: Stack,
  capability: string,
): Promise<boolean> {
  const { service } = configuration;
  const title = `${stack.name} › ${service}`;
  return upOverridden(workbench, {
    stack,
    service,
    called: l10n.t('{0} with {1}', title, capability),
    title: l10n.t('Restart with {0}: {1}', capability, title),
    change: (_engine, loaded) => withCapability(loaded, service, capability),
    again: () => addCapability(workbench, configuration, stack, capability),
  });
}

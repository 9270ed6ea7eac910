import * as configuration from '../shared/configuration.ts';
import { containerTitle } from '../stack/selected.ts';
import { pickContainer, type SelectContext, select } from '../stack/selection.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { ShellTerminals } from './shell-terminals.ts';

/** Opens a shell in a running container, or brings the one that is open to the front. */
export async function shellCommand(
  workbench: SelectContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  const shells = workbench.once.of(ShellTerminals, workbench);
  for (const selection of await select(workbench, args)) {
    const container = await pickContainer(selection);
    if (container === undefined) continue;
    shells.show(workbench.engines.of(selection.stack), {
      containerId: container.id,
      title: containerTitle(selection.stack.name, container.name),
      command: configuration.shellCommand(),
    });
  }
}

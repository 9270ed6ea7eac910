import * as configuration from '../shared/configuration.ts';
import { pickContainer, select, type SelectContext } from '../stack/selection.ts';
import { shortName } from '../tree/row-text.ts';
import { openShell } from './shell-terminal.ts';

/** Opens a shell in a running container. */
export async function shellCommand(workbench: SelectContext, args: readonly unknown[]): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const container = await pickContainer(selection);
    if (container === undefined) continue;
    openShell(workbench.engines.of(selection.stack), {
      containerId: container.id,
      title: shortName(selection.stack.name, container.name),
      command: configuration.shellCommand(),
    });
  }
}

import { select, type SelectContext } from '../stack/selection.ts';
import type { PanelsContext } from '../panels/panels.ts';

/** Shows the statistics of the chosen project, or of all. */
export async function statsCommand(
  workbench: SelectContext & PanelsContext,
  args: readonly unknown[],
): Promise<void> {
  const [selection] = args[0] === undefined ? [] : await select(workbench, args);
  await (await workbench.panels.stats()).show(selection?.stack.name ?? '');
}

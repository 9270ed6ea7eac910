import * as configuration from '../shared/configuration.ts';
import { Settings } from '../ids.ts';
import { TreeCommands } from './tree-command-ids.ts';

export const treeHandlers = {
  [TreeCommands.refresh]: (workbench: { refresh(): Promise<void> }) => workbench.refresh(),
  [TreeCommands.showAllProjects]: () => configuration.update(Settings.treeScope, 'all'),
  [TreeCommands.showWorkspaceProjects]: () => configuration.update(Settings.treeScope, 'workspace'),
  [TreeCommands.showStats]: () => configuration.update(Settings.treeStats, true),
  [TreeCommands.hideStats]: () => configuration.update(Settings.treeStats, false),
};

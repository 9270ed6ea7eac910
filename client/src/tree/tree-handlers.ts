import { Settings } from '../ids.ts';
import * as configuration from '../shared/configuration.ts';
import { favouriteCommand } from './favourite-command.ts';
import { filterCommand } from './filter-command.ts';
import { keysCommand } from './keys-command.ts';
import type { TreeChoicesContext } from './tree-choices.ts';
import { TreeCommands } from './tree-command-ids.ts';

export const treeHandlers = {
  [TreeCommands.refresh]: (workbench: { refresh(): Promise<void> }) => workbench.refresh(),
  [TreeCommands.showAllProjects]: () => configuration.update(Settings.treeScope, 'all'),
  [TreeCommands.showWorkspaceProjects]: () => configuration.update(Settings.treeScope, 'workspace'),
  [TreeCommands.showStats]: () => configuration.update(Settings.treeStats, true),
  [TreeCommands.hideStats]: () => configuration.update(Settings.treeStats, false),
  [TreeCommands.sortByFile]: () => configuration.update(Settings.treeSort, 'file'),
  [TreeCommands.sortByName]: () => configuration.update(Settings.treeSort, 'name'),
  [TreeCommands.sortByState]: () => configuration.update(Settings.treeSort, 'state'),
  [TreeCommands.addFavourite]: favouriteCommand(true),
  [TreeCommands.removeFavourite]: favouriteCommand(false),
  [TreeCommands.filter]: filterCommand,
  [TreeCommands.clearFilter]: ({ choices }: TreeChoicesContext) => choices.setFilter(''),
  [TreeCommands.keys]: keysCommand,
};

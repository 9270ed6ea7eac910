import * as configuration from '../configuration.ts';
import { Commands, type CommandId, Settings } from '../ids.ts';
import type { Workbench } from '../workbench.ts';
import { downCommand, downVolumesCommand } from './down.ts';
import { chooseContextCommand } from './engine.ts';
import { copyIdCommand, copyNameCommand, createFileCommand, openFileCommand } from './file.ts';
import { restartCommand, startCommand, stopCommand } from './lifecycle.ts';
import { logsCommand, openInBrowserCommand, shellCommand } from './look.ts';
import { upCommand } from './up.ts';

type Handler = (workbench: Workbench, args: readonly unknown[]) => unknown;

/** What each command does. `args` are what VS Code hands over: a row and the selected rows, a file, or nothing. */
export const handlers: Readonly<Record<CommandId, Handler>> = {
  [Commands.up]: upCommand,
  [Commands.down]: downCommand,
  [Commands.downVolumes]: downVolumesCommand,
  [Commands.restart]: restartCommand,
  [Commands.start]: startCommand,
  [Commands.stop]: stopCommand,
  [Commands.logs]: logsCommand,
  [Commands.shell]: shellCommand,
  [Commands.openInBrowser]: openInBrowserCommand,
  [Commands.openFile]: openFileCommand,
  [Commands.copyName]: copyNameCommand,
  [Commands.copyId]: copyIdCommand,
  [Commands.refresh]: (workbench) => workbench.refresh(),
  [Commands.retryConnection]: (workbench) => workbench.engine.retry(),
  [Commands.chooseContext]: chooseContextCommand,
  [Commands.showAllProjects]: () => configuration.update(Settings.treeScope, 'all'),
  [Commands.showWorkspaceProjects]: () => configuration.update(Settings.treeScope, 'workspace'),
  [Commands.createFile]: createFileCommand,
  [Commands.showOutput]: (workbench) => workbench.log.show(),
  [Commands.restartLanguageServer]: async (workbench) => {
    const { restartLanguage } = await import('../language/language-client.ts');
    await restartLanguage(workbench.context);
  },
};

import { Settings } from '../ids.ts';
import * as configuration from '../shared/configuration.ts';
import { chooseLogsCommand, logsCommand, logsInTabCommand, logsInTerminalCommand } from './log-commands.ts';
import { LogsCommands } from './logs-command-ids.ts';

export const logsHandlers = {
  [LogsCommands.logs]: logsCommand,
  [LogsCommands.logsInTab]: logsInTabCommand,
  [LogsCommands.logsTerminal]: logsInTerminalCommand,
  [LogsCommands.followSelection]: () => configuration.update(Settings.logsFollowSelection, true),
  [LogsCommands.unfollowSelection]: () => configuration.update(Settings.logsFollowSelection, false),
  [LogsCommands.chooseLogs]: chooseLogsCommand,
};

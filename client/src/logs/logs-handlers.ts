import { chooseLogsCommand, logsCommand, logsInTabCommand, logsInTerminalCommand } from './log-commands.ts';
import { LogsCommands } from './logs-command-ids.ts';

export const logsHandlers = {
  [LogsCommands.logs]: logsCommand,
  [LogsCommands.logsInTab]: logsInTabCommand,
  [LogsCommands.logsTerminal]: logsInTerminalCommand,
  [LogsCommands.chooseLogs]: chooseLogsCommand,
};

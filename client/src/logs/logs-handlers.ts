import { chooseLogsCommand, logsCommand, logsInTerminalCommand } from './log-commands.ts';
import { LogsCommands } from './logs-command-ids.ts';

export const logsHandlers = {
  [LogsCommands.logs]: logsCommand,
  [LogsCommands.logsTerminal]: logsInTerminalCommand,
  [LogsCommands.chooseLogs]: chooseLogsCommand,
};

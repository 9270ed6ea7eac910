export const LogsCommands = {
  logs: 'composure.logs',
  logsInTab: 'composure.logsInTab',
  logsTerminal: 'composure.logsTerminal',
  chooseLogs: 'composure.chooseLogs',
} as const;

export const LogsCommands = {
  logs: 'composure.logs',
  logsTerminal: 'composure.logsTerminal',
  chooseLogs: 'composure.chooseLogs',
} as const;

export const LogsCommands = {
  logs: 'composure.logs',
  logsInTab: 'composure.logsInTab',
  logsTerminal: 'composure.logsTerminal',
  followSelection: 'composure.followSelection',
  unfollowSelection: 'composure.unfollowSelection',
  chooseLogs: 'composure.chooseLogs',
} as const;

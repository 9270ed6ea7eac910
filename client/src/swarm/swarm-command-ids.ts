export const SwarmCommands = {
  swarmDeploy: 'composure.swarmDeploy',
  swarmInit: 'composure.swarmInit',
  swarmJoinToken: 'composure.swarmJoinToken',
  swarmLeave: 'composure.swarmLeave',
  swarmNodes: 'composure.swarmNodes',
  swarmRemoveStack: 'composure.swarmRemoveStack',
  swarmScale: 'composure.swarmScale',
  swarmUpdateImage: 'composure.swarmUpdateImage',
  swarmRollBack: 'composure.swarmRollBack',
  swarmRestartTasks: 'composure.swarmRestartTasks',
  swarmLogs: 'composure.swarmLogs',
} as const;

export const EnginesCommands = {
  retryConnection: 'composure.retryConnection',
  chooseContext: 'composure.chooseContext',
  addEngine: 'composure.addEngine',
  removeEngine: 'composure.removeEngine',
  upOn: 'composure.upOn',
} as const;

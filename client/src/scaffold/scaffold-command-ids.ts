export const ScaffoldCommands = {
  newProject: 'composure.newProject',
  addService: 'composure.addService',
  addEnvironment: 'composure.addEnvironment',
} as const;

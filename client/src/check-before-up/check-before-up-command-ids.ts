export const CheckBeforeUpCommands = {
  checkBeforeUp: 'composure.checkBeforeUp',
  checkDockerfile: 'composure.checkDockerfile',
} as const;

export const DeployCommands = {
  deploy: 'composure.deploy',
} as const;

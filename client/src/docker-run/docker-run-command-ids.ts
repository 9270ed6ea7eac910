export const DockerRunCommands = {
  convertDockerRun: 'composure.convertDockerRun',
} as const;

export const EnvironmentsCommands = {
  chooseEnvironment: 'composure.chooseEnvironment',
} as const;

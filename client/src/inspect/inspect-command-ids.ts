export const InspectCommands = {
  inspect: 'composure.inspect',
} as const;

export const GraphCommands = {
  showGraph: 'composure.showGraph',
} as const;

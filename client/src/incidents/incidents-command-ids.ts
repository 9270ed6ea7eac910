export const IncidentsCommands = {
  explainFailure: 'composure.explainFailure',
} as const;

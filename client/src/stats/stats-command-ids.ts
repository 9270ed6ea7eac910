export const StatsCommands = {
  stats: 'composure.statistics',
} as const;

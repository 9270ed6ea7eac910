export const MergedCommands = {
  showMerged: 'composure.showMerged',
  compareEnvironments: 'composure.compareEnvironments',
  showSecrets: 'composure.showSecrets',
  hideSecrets: 'composure.hideSecrets',
} as const;

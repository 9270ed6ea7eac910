export const ResourcesCommands = {
  removeResource: 'composure.removeResource',
  pruneResources: 'composure.pruneResources',
  pruneSystem: 'composure.pruneSystem',
} as const;

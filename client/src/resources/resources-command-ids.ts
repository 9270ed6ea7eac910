export const ResourcesCommands = {
  removeResource: 'composure.removeResource',
  pruneResources: 'composure.pruneResources',
  addToComposeFile: 'composure.addToComposeFile',
  takeSnapshot: 'composure.takeSnapshot',
  restoreSnapshot: 'composure.restoreSnapshot',
  deleteSnapshot: 'composure.deleteSnapshot',
  manageImages: 'composure.manageImages',
  diskUsage: 'composure.diskUsage',
  pruneSystem: 'composure.pruneSystem',
} as const;

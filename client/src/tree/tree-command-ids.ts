export const TreeCommands = {
  refresh: 'composure.refresh',
  showAllProjects: 'composure.showAllProjects',
  showWorkspaceProjects: 'composure.showWorkspaceProjects',
  showStats: 'composure.showStats',
  hideStats: 'composure.hideStats',
} as const;

/** The names that package.json and the code share. A test holds them equal. */

export const Commands = {
  up: 'composure.up',
  down: 'composure.down',
  downVolumes: 'composure.downVolumes',
  restart: 'composure.restart',
  start: 'composure.start',
  stop: 'composure.stop',
  logs: 'composure.logs',
  shell: 'composure.shell',
  openInBrowser: 'composure.openInBrowser',
  openFile: 'composure.openFile',
  copyName: 'composure.copyName',
  copyId: 'composure.copyId',
  refresh: 'composure.refresh',
  retryConnection: 'composure.retryConnection',
  chooseContext: 'composure.chooseContext',
  showAllProjects: 'composure.showAllProjects',
  showWorkspaceProjects: 'composure.showWorkspaceProjects',
  createFile: 'composure.createFile',
  showOutput: 'composure.showOutput',
  restartLanguageServer: 'composure.restartLanguageServer',
} as const;

export type CommandId = (typeof Commands)[keyof typeof Commands];

export const Views = { projects: 'composure.projects' } as const;

export const Settings = {
  context: 'composure.context',
  host: 'composure.host',
  treeScope: 'composure.tree.scope',
  saveBeforeUp: 'composure.saveBeforeUp',
  removeOrphans: 'composure.removeOrphans',
  logsTail: 'composure.logs.tail',
  logsTimestamps: 'composure.logs.timestamps',
  shellCommand: 'composure.shell.command',
  diagnosticsSeverity: 'composure.diagnostics.severity',
  diagnosticsPractice: 'composure.diagnostics.practice',
  inlayHintsVariables: 'composure.inlayHints.variables',
  formatEnable: 'composure.format.enable',
  traceServer: 'composure.trace.server',
} as const;

export const ContextKeys = {
  /** `connecting`, `connected` or `disconnected`; unset until the view was opened. */
  engine: 'composure.engine',
  /** Whether the workspace has a compose file. */
  hasComposeFiles: 'composure.hasComposeFiles',
  /** The value of the setting, for the menu. */
  treeScope: 'composure.treeScope',
} as const;

/** VS Code's own id for compose files. */
export const composeLanguage = 'dockercompose';

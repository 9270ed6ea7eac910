/** The names that package.json and the code share. A test holds them equal. */

export const Commands = {
  up: 'composure.up',
  down: 'composure.down',
  downVolumes: 'composure.downVolumes',
  restart: 'composure.restart',
  start: 'composure.start',
  stop: 'composure.stop',
  logs: 'composure.logs',
  logsTerminal: 'composure.logsTerminal',
  chooseLogs: 'composure.chooseLogs',
  showGraph: 'composure.showGraph',
  stats: 'composure.statistics',
  shell: 'composure.shell',
  openInBrowser: 'composure.openInBrowser',
  openFile: 'composure.openFile',
  copyName: 'composure.copyName',
  copyId: 'composure.copyId',
  refresh: 'composure.refresh',
  retryConnection: 'composure.retryConnection',
  chooseContext: 'composure.chooseContext',
  addEngine: 'composure.addEngine',
  removeEngine: 'composure.removeEngine',
  upOn: 'composure.upOn',
  showAllProjects: 'composure.showAllProjects',
  showWorkspaceProjects: 'composure.showWorkspaceProjects',
  showStats: 'composure.showStats',
  hideStats: 'composure.hideStats',
  createFile: 'composure.createFile',
  previewUp: 'composure.previewUp',
  applyPlan: 'composure.applyPlan',
  cancelPlan: 'composure.cancelPlan',
  checkBeforeUp: 'composure.checkBeforeUp',
  chooseEnvironment: 'composure.chooseEnvironment',
  showMerged: 'composure.showMerged',
  compareEnvironments: 'composure.compareEnvironments',
  showSecrets: 'composure.showSecrets',
  hideSecrets: 'composure.hideSecrets',
  inspect: 'composure.inspect',
  removeResource: 'composure.removeResource',
  pruneResources: 'composure.pruneResources',
  upBuild: 'composure.upBuild',
  upRecreate: 'composure.upRecreate',
  upAttached: 'composure.upAttached',
  upAbort: 'composure.upAbort',
  watch: 'composure.watch',
  scale: 'composure.scale',
  pull: 'composure.pull',
  build: 'composure.build',
  push: 'composure.push',
  images: 'composure.images',
  top: 'composure.top',
  ps: 'composure.ps',
  events: 'composure.events',
  exec: 'composure.exec',
  run: 'composure.run',
  shellWith: 'composure.shellWith',
  attach: 'composure.attach',
  commandLine: 'composure.commandLine',
  pause: 'composure.pause',
  unpause: 'composure.unpause',
  kill: 'composure.kill',
  remove: 'composure.remove',
  downImages: 'composure.downImages',
  pruneSystem: 'composure.pruneSystem',
  newProject: 'composure.newProject',
  addService: 'composure.addService',
  convertDockerRun: 'composure.convertDockerRun',
  convertKubernetes: 'composure.convertKubernetes',
  writeManifests: 'composure.writeManifests',
  discardManifests: 'composure.discardManifests',
  applyKubernetes: 'composure.applyKubernetes',
  addEnvironment: 'composure.addEnvironment',
  browseFiles: 'composure.browseFiles',
  openContainerFile: 'composure.openContainerFile',
  downloadFile: 'composure.downloadFile',
  uploadFiles: 'composure.uploadFiles',
  uploadFolder: 'composure.uploadFolder',
  newContainerFile: 'composure.newContainerFile',
  newContainerFolder: 'composure.newContainerFolder',
  renameFile: 'composure.renameFile',
  deleteFile: 'composure.deleteFile',
  copyPath: 'composure.copyPath',
  refreshFiles: 'composure.refreshFiles',
  swarmDeploy: 'composure.swarmDeploy',
  swarmInit: 'composure.swarmInit',
  swarmJoinToken: 'composure.swarmJoinToken',
  swarmLeave: 'composure.swarmLeave',
  swarmNodes: 'composure.swarmNodes',
  swarmRemoveStack: 'composure.swarmRemoveStack',
  swarmScale: 'composure.swarmScale',
  swarmUpdateImage: 'composure.swarmUpdateImage',
  swarmRollBack: 'composure.swarmRollBack',
  swarmRestartTasks: 'composure.swarmRestartTasks',
  swarmLogs: 'composure.swarmLogs',
  showOutput: 'composure.showOutput',
  restartLanguageServer: 'composure.restartLanguageServer',
} as const;

export type CommandId = (typeof Commands)[keyof typeof Commands];

export const Views = {
  projects: 'composure.projects',
  logs: 'composure.logView',
  stats: 'composure.statsView',
} as const;

export const Settings = {
  context: 'composure.context',
  host: 'composure.host',
  engines: 'composure.engines',
  treeScope: 'composure.tree.scope',
  treeStats: 'composure.tree.stats',
  saveBeforeUp: 'composure.saveBeforeUp',
  removeOrphans: 'composure.removeOrphans',
  logsOpen: 'composure.logs.open',
  logsTail: 'composure.logs.tail',
  logsTimestamps: 'composure.logs.timestamps',
  shellCommand: 'composure.shell.command',
  previewUp: 'composure.previewUp',
  diagnosticsSeverity: 'composure.diagnostics.severity',
  diagnosticsPractice: 'composure.diagnostics.practice',
  inlayHintsVariables: 'composure.inlayHints.variables',
  formatEnable: 'composure.format.enable',
  imagesRegistry: 'composure.images.registry',
  swarmStackFiles: 'composure.swarm.stackFiles',
  editorLenses: 'composure.editor.lenses',
  editorGutter: 'composure.editor.gutter',
  editorFailures: 'composure.editor.failures',
  editorPortLinks: 'composure.editor.portLinks',
  editorStats: 'composure.editor.stats',
  notifications: 'composure.notifications',
  kubectl: 'composure.kubernetes.kubectl',
  traceServer: 'composure.trace.server',
} as const;

export const ContextKeys = {
  /** `connecting`, `connected` or `disconnected`; unset until the view was opened. */
  engine: 'composure.engine',
  /** Whether the workspace has a compose file. */
  hasComposeFiles: 'composure.hasComposeFiles',
  /** Whether the merged projects on view show their secrets. */
  secretsShown: 'composure.secretsShown',
  /** Whether manifests are shown that wait to be written. */
  manifestsShown: 'composure.manifestsShown',
  /** The value of the setting, for the menu. */
  treeScope: 'composure.treeScope',
  /** The same of what containers use. */
  treeStats: 'composure.treeStats',
} as const;

/** Of files that are in a container or a volume. */
export const FileSchemes = { container: 'composure-container', volume: 'composure-volume' } as const;

/** VS Code's own id for compose files. */
export const composeLanguage = 'dockercompose';

/** Which files may describe tests, and where no files of the user's are. */
export const testGlob = '**/*.test.{yml,yaml}';
export const ignoredGlob = '**/{node_modules,bower_components,vendor,.git,.venv,dist}/**';

/** The tools for language models. */
export const toolNames = [
  'composure_list',
  'composure_logs',
  'composure_explain',
  'composure_plan',
  'composure_up',
  'composure_down',
] as const;

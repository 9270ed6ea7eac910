import { foreignFolders } from '#compose/load/foreign-folders.ts';
import { CheckBeforeUpCommands } from './check-before-up/check-before-up-command-ids.ts';
import { DebugCommands } from './debug/debug-command-ids.ts';
import { DeployCommands } from './deploy/deploy-command-ids.ts';
import { DockerRunCommands } from './docker-run/docker-run-command-ids.ts';
import { EnginesCommands } from './engines/engines-command-ids.ts';
import { EnvironmentsCommands } from './environments/environments-command-ids.ts';
import { FilesCommands } from './files/files-command-ids.ts';
import { GraphCommands } from './graph/graph-command-ids.ts';
import { IncidentsCommands } from './incidents/incidents-command-ids.ts';
import { InspectCommands } from './inspect/inspect-command-ids.ts';
import { KubernetesCommands } from './kubernetes/kubernetes-command-ids.ts';
import { LanguageCommands } from './language/language-command-ids.ts';
import { LmCommands } from './lm/lm-command-ids.ts';
import { LogsCommands } from './logs/logs-command-ids.ts';
import { MergedCommands } from './merged/merged-command-ids.ts';
import { PlanCommands } from './plan/plan-command-ids.ts';
import { ResourcesCommands } from './resources/resources-command-ids.ts';
import { ScaffoldCommands } from './scaffold/scaffold-command-ids.ts';
import { StackCommands } from './stack/stack-command-ids.ts';
import { StatsCommands } from './stats/stats-command-ids.ts';
import { SwarmCommands } from './swarm/swarm-command-ids.ts';
import { TerminalCommands } from './terminal/terminal-command-ids.ts';
import { TreeCommands } from './tree/tree-command-ids.ts';

/** The names that package.json and the code share. A test holds them equal. */

export const Commands = {
  ...CheckBeforeUpCommands,
  ...DebugCommands,
  ...DeployCommands,
  ...DockerRunCommands,
  ...EnginesCommands,
  ...EnvironmentsCommands,
  ...FilesCommands,
  ...GraphCommands,
  ...IncidentsCommands,
  ...InspectCommands,
  ...KubernetesCommands,
  ...LanguageCommands,
  ...LmCommands,
  ...LogsCommands,
  ...MergedCommands,
  ...PlanCommands,
  ...ResourcesCommands,
  ...ScaffoldCommands,
  ...StackCommands,
  ...StatsCommands,
  ...SwarmCommands,
  ...TerminalCommands,
  ...TreeCommands,
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
  forwardPorts: 'composure.forwardPorts',
  treeScope: 'composure.tree.scope',
  treeStats: 'composure.tree.stats',
  treeSort: 'composure.tree.sort',
  treeKeys: 'composure.tree.keys',
  saveBeforeUp: 'composure.saveBeforeUp',
  remote: 'composure.remote',
  removeOrphans: 'composure.removeOrphans',
  logsOpen: 'composure.logs.open',
  logsFollowSelection: 'composure.logs.followSelection',
  logsTail: 'composure.logs.tail',
  logsTimestamps: 'composure.logs.timestamps',
  shellCommand: 'composure.shell.command',
  previewUp: 'composure.previewUp',
  diagnosticsSeverity: 'composure.diagnostics.severity',
  diagnosticsPractice: 'composure.diagnostics.practice',
  diagnosticsWorkspace: 'composure.diagnostics.workspace',
  inlayHintsVariables: 'composure.inlayHints.variables',
  formatEnable: 'composure.format.enable',
  imagesRegistry: 'composure.images.registry',
  targetVersion: 'composure.targetVersion',
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
  /** `connecting`, `connected` or `disconnected`; unset until the view was opened; `none` in a browser. */
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
  /** Whether the log panel goes with what is selected, for the menu. */
  logsFollowSelection: 'composure.logsFollowSelection',
  /** In which order rows stand, for the menu. */
  treeSort: 'composure.treeSort',
  /** Whether the tree shows only what matches a filter. */
  treeFiltered: 'composure.treeFiltered',
  /** What ends the steps of the walkthrough: a compose file was changed, a stack came up, … */
  hasWritten: 'composure.hasWritten',
  hasRun: 'composure.hasRun',
  hasLooked: 'composure.hasLooked',
  hasChosenEnvironment: 'composure.hasChosenEnvironment',
} as const;

/** What VS Code knows editor tabs of logs by. */
export const logTabs = 'composure.logTab';

/** Of files that are in a container or a volume. */
export const FileSchemes = { container: 'composure-container', volume: 'composure-volume' } as const;

/** The type of debug configurations that name a service. */
export const debugType = 'composure';

/** VS Code's own id for compose files. */
export const composeLanguage = 'dockercompose';

/** Where projects are. */
export const composeGlob = '**/{compose,docker-compose}.{yml,yaml}';

/** Which files may describe tests, and where no files of the user's are. */
export const testGlob = '**/*.test.{yml,yaml}';
export const ignoredGlob = `**/{${foreignFolders.join(',')}}/**`;

/** What provides the server for agents. */
export const mcpServers = 'composure';

/** The tools for language models: those of the table in engine/agents. */
export const toolNames = [
  'composure_list',
  'composure_why',
  'composure_explain',
  'composure_config',
  'composure_problems',
  'composure_compare',
  'composure_logs',
  'composure_search_logs',
  'composure_events',
  'composure_stats',
  'composure_inspect',
  'composure_check_before_up',
  'composure_images',
  'composure_convert_docker_run',
  'composure_kubernetes',
  'composure_plan',
  'composure_up',
  'composure_down',
  'composure_restart',
  'composure_scale',
  'composure_deploy',
  'composure_fix',
  'composure_exec',
] as const;

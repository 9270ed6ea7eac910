import * as configuration from './shared/configuration.ts';
import { type CommandId, Commands, Settings } from './ids.ts';
import type { Workbench } from './workbench.ts';
import { downCommand, downImagesCommand, downVolumesCommand } from './stack/down-commands.ts';
import { chooseContextCommand } from './engines/context-command.ts';
import {
  copyIdCommand,
  copyNameCommand,
  createFileCommand,
  openFileCommand,
} from './stack/compose-file-commands.ts';
import {
  killCommand,
  pauseCommand,
  removeCommand,
  restartCommand,
  startCommand,
  stopCommand,
  unpauseCommand,
} from './stack/lifecycle-commands.ts';
import {
  chooseLogsCommand,
  logsCommand,
  logsInTerminalCommand,
  openInBrowserCommand,
  shellCommand,
} from './stack/open-commands.ts';
import { previewUpCommand, upBuildCommand, upCommand, upRecreateCommand } from './stack/up-commands.ts';

type Handler = (workbench: Workbench, args: readonly unknown[]) => unknown;

/** What each command does. `args` are what VS Code hands over: a row and the selected rows, a file, or nothing. */
export const handlers: Readonly<Record<CommandId, Handler>> = {
  [Commands.up]: upCommand,
  [Commands.down]: downCommand,
  [Commands.downVolumes]: downVolumesCommand,
  [Commands.restart]: restartCommand,
  [Commands.start]: startCommand,
  [Commands.stop]: stopCommand,
  [Commands.logs]: logsCommand,
  [Commands.logsTerminal]: logsInTerminalCommand,
  [Commands.chooseLogs]: chooseLogsCommand,
  [Commands.showGraph]: async (...input) =>
    (await import('./graph/graph-panel.ts')).showGraphCommand(...input),
  [Commands.stats]: async (...input) => (await import('./stats/stats-panel.ts')).statsCommand(...input),
  [Commands.shell]: shellCommand,
  [Commands.openInBrowser]: openInBrowserCommand,
  [Commands.openFile]: openFileCommand,
  [Commands.copyName]: copyNameCommand,
  [Commands.copyId]: copyIdCommand,
  [Commands.refresh]: (workbench) => workbench.refresh(),
  [Commands.retryConnection]: async (...input) =>
    (await import('./engines/engine-commands.ts')).retryCommand(...input),
  [Commands.addEngine]: async () => (await import('./engines/engine-commands.ts')).addEngineCommand(),
  [Commands.removeEngine]: async (_, args) =>
    (await import('./engines/engine-commands.ts')).removeEngineCommand(args),
  [Commands.upOn]: async (...input) => (await import('./engines/engine-commands.ts')).upOnCommand(...input),
  [Commands.chooseContext]: chooseContextCommand,
  [Commands.showAllProjects]: () => configuration.update(Settings.treeScope, 'all'),
  [Commands.showWorkspaceProjects]: () => configuration.update(Settings.treeScope, 'workspace'),
  [Commands.showStats]: () => configuration.update(Settings.treeStats, true),
  [Commands.hideStats]: () => configuration.update(Settings.treeStats, false),
  [Commands.createFile]: createFileCommand,
  [Commands.previewUp]: previewUpCommand,
  [Commands.applyPlan]: async () => (await import('./plan/plan-editor.ts')).answerPlan('apply'),
  [Commands.cancelPlan]: async () => (await import('./plan/plan-editor.ts')).answerPlan('cancel'),
  [Commands.checkBeforeUp]: async (workbench, args) =>
    (await import('./check-before-up/check-command.ts')).checkBeforeUpCommand(workbench, args),
  [Commands.chooseEnvironment]: async (workbench, args) =>
    (await import('./environments/choose.ts')).chooseEnvironmentCommand(workbench, args),
  [Commands.showMerged]: async (workbench, args) =>
    (await import('./merged/merged-commands.ts')).showMergedCommand(workbench, args),
  [Commands.compareEnvironments]: async (workbench, args) =>
    (await import('./merged/merged-commands.ts')).compareEnvironmentsCommand(workbench, args),
  [Commands.showSecrets]: async (workbench) =>
    (await import('./merged/merged-commands.ts')).showSecretsCommand(workbench, true),
  [Commands.hideSecrets]: async (workbench) =>
    (await import('./merged/merged-commands.ts')).showSecretsCommand(workbench, false),
  [Commands.inspect]: async (workbench, args) =>
    (await import('./inspect/inspect-command.ts')).inspectCommand(workbench, args),
  [Commands.removeResource]: async (workbench, args) =>
    (await import('./resources/resource-commands.ts')).removeResourceCommand(workbench, args),
  [Commands.pruneResources]: async (workbench, args) =>
    (await import('./resources/resource-commands.ts')).pruneResourcesCommand(workbench, args),
  [Commands.top]: async (...input) => (await import('./terminal/terminal-commands.ts')).topCommand(...input),
  [Commands.ps]: async (...input) => (await import('./terminal/terminal-commands.ts')).psCommand(...input),
  [Commands.images]: async (...input) =>
    (await import('./terminal/terminal-commands.ts')).imagesCommand(...input),
  [Commands.events]: async (...input) =>
    (await import('./terminal/terminal-commands.ts')).eventsCommand(...input),
  [Commands.exec]: async (...input) =>
    (await import('./terminal/terminal-commands.ts')).execCommand(...input),
  [Commands.run]: async (...input) => (await import('./terminal/terminal-commands.ts')).runCommand(...input),
  [Commands.attach]: async (...input) =>
    (await import('./terminal/terminal-commands.ts')).attachCommand(...input),
  [Commands.commandLine]: async (...input) =>
    (await import('./terminal/terminal-commands.ts')).commandLineCommand(...input),
  [Commands.pull]: async (...input) => (await import('./stack/image-commands.ts')).pullCommand(...input),
  [Commands.build]: async (...input) => (await import('./stack/image-commands.ts')).buildCommand(...input),
  [Commands.push]: async (...input) => (await import('./stack/image-commands.ts')).pushCommand(...input),
  [Commands.upAttached]: async (...input) =>
    (await import('./stack/image-commands.ts')).upAttachedCommand(...input),
  [Commands.watch]: async (...input) => (await import('./stack/image-commands.ts')).watchCommand(...input),
  [Commands.upAbort]: async (...input) =>
    (await import('./stack/image-commands.ts')).upAbortCommand(...input),
  [Commands.scale]: async (...input) => (await import('./stack/scale-command.ts')).scaleCommand(...input),
  [Commands.shellWith]: async (...input) =>
    (await import('./terminal/shell-options.ts')).shellWithCommand(...input),
  [Commands.pruneSystem]: async (workbench) =>
    (await import('./resources/prune-command.ts')).pruneSystemCommand(workbench),
  [Commands.pause]: pauseCommand,
  [Commands.unpause]: unpauseCommand,
  [Commands.kill]: killCommand,
  [Commands.remove]: removeCommand,
  [Commands.downImages]: downImagesCommand,
  [Commands.upBuild]: upBuildCommand,
  [Commands.upRecreate]: upRecreateCommand,
  [Commands.newProject]: async () => (await import('./scaffold/scaffold-commands.ts')).newProjectCommand(),
  [Commands.addService]: async (...input) =>
    (await import('./scaffold/scaffold-commands.ts')).addServiceCommand(...input),
  [Commands.convertDockerRun]: async () =>
    (await import('./docker-run/convert-command.ts')).convertDockerRunCommand(),
  [Commands.convertKubernetes]: async (...input) =>
    (await import('./kubernetes/convert-command.ts')).convertKubernetesCommand(...input),
  [Commands.writeManifests]: async (workbench) =>
    (await import('./kubernetes/review.ts')).writeManifests(workbench),
  [Commands.discardManifests]: async () => (await import('./kubernetes/review.ts')).discardManifests(),
  [Commands.applyKubernetes]: async (...input) =>
    (await import('./kubernetes/apply-command.ts')).applyKubernetesCommand(...input),
  [Commands.addEnvironment]: async (...input) =>
    (await import('./scaffold/scaffold-commands.ts')).addEnvironmentCommand(...input),
  [Commands.browseFiles]: async (...input) =>
    (await import('./files/container-file-commands.ts')).browseFilesCommand(...input),
  [Commands.openContainerFile]: async (...input) =>
    (await import('./files/container-file-commands.ts')).openContainerFileCommand(...input),
  [Commands.downloadFile]: async (...input) =>
    (await import('./files/transfer.ts')).downloadFileCommand(...input),
  [Commands.uploadFiles]: async (...input) =>
    (await import('./files/transfer.ts')).uploadFilesCommand(...input),
  [Commands.uploadFolder]: async (...input) =>
    (await import('./files/transfer.ts')).uploadFolderCommand(...input),
  [Commands.newContainerFile]: async (...input) =>
    (await import('./files/container-file-commands.ts')).newContainerFileCommand(...input),
  [Commands.newContainerFolder]: async (...input) =>
    (await import('./files/container-file-commands.ts')).newContainerFolderCommand(...input),
  [Commands.renameFile]: async (...input) =>
    (await import('./files/container-file-commands.ts')).renameFileCommand(...input),
  [Commands.deleteFile]: async (...input) =>
    (await import('./files/container-file-commands.ts')).deleteFileCommand(...input),
  [Commands.copyPath]: async (...input) =>
    (await import('./files/container-file-commands.ts')).copyPathCommand(...input),
  [Commands.refreshFiles]: async (...input) =>
    (await import('./files/container-file-commands.ts')).refreshFilesCommand(...input),
  [Commands.swarmDeploy]: async (...input) =>
    (await import('./swarm/stack-commands.ts')).deployStackCommand(...input),
  [Commands.swarmInit]: async (workbench) =>
    (await import('./swarm/swarm-commands.ts')).initSwarmCommand(workbench),
  [Commands.swarmJoinToken]: async (workbench) =>
    (await import('./swarm/swarm-commands.ts')).joinTokenCommand(workbench),
  [Commands.swarmNodes]: async (workbench) =>
    (await import('./swarm/node-commands.ts')).manageNodesCommand(workbench),
  [Commands.swarmLeave]: async (workbench) =>
    (await import('./swarm/swarm-commands.ts')).leaveSwarmCommand(workbench),
  [Commands.swarmRemoveStack]: async (...input) =>
    (await import('./swarm/stack-commands.ts')).removeStackCommand(...input),
  [Commands.swarmScale]: async (...input) =>
    (await import('./swarm/service-commands.ts')).scaleSwarmServiceCommand(...input),
  [Commands.swarmUpdateImage]: async (...input) =>
    (await import('./swarm/service-commands.ts')).updateSwarmImageCommand(...input),
  [Commands.swarmRollBack]: async (...input) =>
    (await import('./swarm/service-commands.ts')).rollBackSwarmServiceCommand(...input),
  [Commands.swarmRestartTasks]: async (...input) =>
    (await import('./swarm/service-commands.ts')).restartSwarmTasksCommand(...input),
  [Commands.swarmLogs]: async (...input) =>
    (await import('./swarm/service-commands.ts')).swarmLogsCommand(...input),
  [Commands.showOutput]: (workbench) => workbench.log.show(),
  [Commands.restartLanguageServer]: async (workbench) => {
    const { restartLanguage } = await import('./language/language-client.ts');
    await restartLanguage(workbench.context);
  },
};

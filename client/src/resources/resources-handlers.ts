import { later } from '../shared/command-handler.ts';
import { ResourcesCommands } from './resources-command-ids.ts';

export const resourcesHandlers = {
  [ResourcesCommands.removeResource]: later(
    async () => (await import('./resource-commands.ts')).removeResourceCommand,
  ),
  [ResourcesCommands.pruneResources]: later(
    async () => (await import('./resource-commands.ts')).pruneResourcesCommand,
  ),
  [ResourcesCommands.addToComposeFile]: later(
    async () => (await import('./add-to-file-command.ts')).addToFileCommand,
  ),
  [ResourcesCommands.takeSnapshot]: later(
    async () => (await import('./snapshot-commands.ts')).takeSnapshotCommand,
  ),
  [ResourcesCommands.restoreSnapshot]: later(
    async () => (await import('./snapshot-commands.ts')).restoreSnapshotCommand,
  ),
  [ResourcesCommands.deleteSnapshot]: later(
    async () => (await import('./snapshot-commands.ts')).deleteSnapshotCommand,
  ),
  [ResourcesCommands.manageImages]: later(
    async () => (await import('./images-command.ts')).manageImagesCommand,
  ),
  [ResourcesCommands.diskUsage]: later(async () => (await import('./disk-command.ts')).diskCommand),
  [ResourcesCommands.pruneSystem]: later(async () => (await import('./prune-command.ts')).pruneSystemCommand),
};

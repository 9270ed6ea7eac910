import { later } from '../shared/command-handler.ts';
import { FilesCommands } from './files-command-ids.ts';

export const filesHandlers = {
  [FilesCommands.browseFiles]: later(
    async () => (await import('./container-file-commands.ts')).browseFilesCommand,
  ),
  [FilesCommands.openContainerFile]: later(
    async () => (await import('./container-file-commands.ts')).openContainerFileCommand,
  ),
  [FilesCommands.downloadFile]: later(async () => (await import('./transfer.ts')).downloadFileCommand),
  [FilesCommands.uploadFiles]: later(async () => (await import('./transfer.ts')).uploadFilesCommand),
  [FilesCommands.uploadFolder]: later(async () => (await import('./transfer.ts')).uploadFolderCommand),
  [FilesCommands.newContainerFile]: later(
    async () => (await import('./container-file-commands.ts')).newContainerFileCommand,
  ),
  [FilesCommands.newContainerFolder]: later(
    async () => (await import('./container-file-commands.ts')).newContainerFolderCommand,
  ),
  [FilesCommands.renameFile]: later(
    async () => (await import('./container-file-commands.ts')).renameFileCommand,
  ),
  [FilesCommands.deleteFile]: later(
    async () => (await import('./container-file-commands.ts')).deleteFileCommand,
  ),
  [FilesCommands.copyPath]: later(async () => (await import('./container-file-commands.ts')).copyPathCommand),
  [FilesCommands.refreshFiles]: later(
    async () => (await import('./container-file-commands.ts')).refreshFilesCommand,
  ),
};

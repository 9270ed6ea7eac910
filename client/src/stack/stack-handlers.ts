import { later } from '../shared/command-handler.ts';
import { previewUpCommand, upBuildCommand, upCommand, upRecreateCommand } from './up-commands.ts';
import { downCommand, downImagesCommand, downVolumesCommand } from './down-commands.ts';
import {
  killCommand,
  pauseCommand,
  removeCommand,
  restartCommand,
  startCommand,
  stopCommand,
  unpauseCommand,
} from './lifecycle-commands.ts';
import { openInBrowserCommand } from './open-in-browser-command.ts';
import {
  copyIdCommand,
  copyNameCommand,
  createFileCommand,
  openFileCommand,
} from './compose-file-commands.ts';
import { removeOrphansCommand } from './remove-orphans-command.ts';
import { StackCommands } from './stack-command-ids.ts';

export const stackHandlers = {
  [StackCommands.up]: upCommand,
  [StackCommands.upBuild]: upBuildCommand,
  [StackCommands.upRecreate]: upRecreateCommand,
  [StackCommands.upAttached]: later(async () => (await import('./image-commands.ts')).upAttachedCommand),
  [StackCommands.upAbort]: later(async () => (await import('./image-commands.ts')).upAbortCommand),
  [StackCommands.previewUp]: previewUpCommand,
  [StackCommands.down]: downCommand,
  [StackCommands.downVolumes]: downVolumesCommand,
  [StackCommands.downImages]: downImagesCommand,
  [StackCommands.restart]: restartCommand,
  [StackCommands.start]: startCommand,
  [StackCommands.stop]: stopCommand,
  [StackCommands.pause]: pauseCommand,
  [StackCommands.unpause]: unpauseCommand,
  [StackCommands.kill]: killCommand,
  [StackCommands.remove]: removeCommand,
  [StackCommands.removeOrphans]: removeOrphansCommand,
  [StackCommands.scale]: later(async () => (await import('./scale-command.ts')).scaleCommand),
  [StackCommands.watch]: later(async () => (await import('./image-commands.ts')).watchCommand),
  [StackCommands.pull]: later(async () => (await import('./image-commands.ts')).pullCommand),
  [StackCommands.pullNewer]: later(async () => (await import('./pull-newer-command.ts')).pullNewerCommand),
  [StackCommands.build]: later(async () => (await import('./image-commands.ts')).buildCommand),
  [StackCommands.push]: later(async () => (await import('./image-commands.ts')).pushCommand),
  [StackCommands.openInBrowser]: openInBrowserCommand,
  [StackCommands.openFile]: openFileCommand,
  [StackCommands.copyName]: copyNameCommand,
  [StackCommands.copyId]: copyIdCommand,
  [StackCommands.createFile]: createFileCommand,
};

import { later } from '../shared/command-handler.ts';
import type { ExtensionScope, ProjectFilesContext } from '../workspace/contexts.ts';
import { MergedCommands } from './merged-command-ids.ts';

export const mergedHandlers = {
  [MergedCommands.showMerged]: later(async () => (await import('./merged-commands.ts')).showMergedCommand),
  [MergedCommands.compareEnvironments]: later(
    async () => (await import('./merged-commands.ts')).compareEnvironmentsCommand,
  ),
  [MergedCommands.showSecrets]: async (workbench: ExtensionScope & ProjectFilesContext) =>
    (await import('./merged-commands.ts')).showSecretsCommand(workbench, true),
  [MergedCommands.hideSecrets]: async (workbench: ExtensionScope & ProjectFilesContext) =>
    (await import('./merged-commands.ts')).showSecretsCommand(workbench, false),
};

import { later } from '../shared/command-handler.ts';
import { shellCommand } from './shell-command.ts';
import { TerminalCommands } from './terminal-command-ids.ts';

export const terminalHandlers = {
  [TerminalCommands.shell]: shellCommand,
  [TerminalCommands.shellWith]: later(async () => (await import('./shell-options.ts')).shellWithCommand),
  [TerminalCommands.images]: later(async () => (await import('./terminal-commands.ts')).imagesCommand),
  [TerminalCommands.top]: later(async () => (await import('./terminal-commands.ts')).topCommand),
  [TerminalCommands.ps]: later(async () => (await import('./terminal-commands.ts')).psCommand),
  [TerminalCommands.events]: later(async () => (await import('./terminal-commands.ts')).eventsCommand),
  [TerminalCommands.exec]: later(async () => (await import('./terminal-commands.ts')).execCommand),
  [TerminalCommands.run]: later(async () => (await import('./terminal-commands.ts')).runCommand),
  [TerminalCommands.runJob]: later(async () => (await import('./run-job-command.ts')).runJobCommand),
  [TerminalCommands.attach]: later(async () => (await import('./terminal-commands.ts')).attachCommand),
  [TerminalCommands.commandLine]: later(
    async () => (await import('./terminal-commands.ts')).commandLineCommand,
  ),
};

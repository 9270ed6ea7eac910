import { later } from '../shared/command-handler.ts';
import { DebugCommands } from './debug-command-ids.ts';

export const debugHandlers = {
  [DebugCommands.attachDebugger]: later(
    async () => (await import('./attach-command.ts')).attachDebuggerCommand,
  ),
  [DebugCommands.restartUnderDebugger]: later(
    async () => (await import('./attach-command.ts')).restartUnderDebuggerCommand,
  ),
  [DebugCommands.copyLaunchJson]: later(
    async () => (await import('./attach-command.ts')).copyLaunchJsonCommand,
  ),
};
